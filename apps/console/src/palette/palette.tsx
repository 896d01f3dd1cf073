import { SearchOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { searchTerm } from '../contacts/search-term.js';
import { sought } from '../conversations/sought.js';
import { APPLE } from '../live/keys.js';
import { useNarrow } from '../shell/use-narrow.js';
import { useAroundWords } from '../words/around/use-around-words.js';
import { runAct } from './acts.js';
import type { Entry } from './entries.js';
import { PaletteList } from './palette-list.js';
import { useEntries } from './use-entries.js';
import './palette.css';

/** Acts of the open place, pages, conversations and people from one field. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const words = useAroundWords();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const dialog = useModal(onClose);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = useEntries(text);
  const entries = found.groups.flatMap((group) => group.entries);
  const chosen = entries[Math.min(at, entries.length - 1)];
  const listId = useId();
  const start = (entry: Entry | undefined, apart: boolean) => {
    if (!entry) return;
    onClose();
    if (entry.find !== undefined) searchTerm.set(entry.find);
    if (entry.seek !== undefined) sought.set({ place: 'all', text: entry.seek });
    if (entry.path === undefined) setTimeout(() => runAct(entry.act ?? ''));
    // What is looked for is in this page's memory, in no address.
    else if (apart && entry.find === undefined && entry.seek === undefined)
      window.open(entry.path, '_blank', 'noopener');
    else void navigate({ href: entry.path });
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const mod = APPLE ? event.metaKey : event.ctrlKey;
    const to = nextPlace(event.key, at, entries.length);
    if (to !== undefined) setAt(to);
    else if (event.key === 'Enter') start(chosen, mod);
    else if (mod && event.key.toLowerCase() === 'k') onClose();
    else return;
    event.preventDefault();
  };
  return (
    <dialog ref={dialog} className="palette" aria-label={words.palette} onCancel={onClose}>
      <div className="palette-field">
        <SearchOutlined aria-hidden />
        <input
          role="combobox"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={listId}
          aria-label={words.palette}
          {...(chosen ? { 'aria-activedescendant': `${listId}-${chosen.id}` } : {})}
          autoComplete="off"
          spellCheck={false}
          placeholder={narrow ? words.paletteHintShort : words.paletteHint}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </div>
      <PaletteList id={listId} found={found} chosen={chosen} onStart={start} />
    </dialog>
  );
}

/** Opens as the browser's own modal; whoever had the focus gets it back. */
function useModal(onClose: () => void) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    element?.querySelector('input')?.focus();
    const outside = (event: MouseEvent) => event.target === element && close.current();
    element?.addEventListener('click', outside);
    return () => {
      element?.removeEventListener('click', outside);
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return dialog;
}

function nextPlace(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (at + count - 1) % count;
  return undefined;
}
