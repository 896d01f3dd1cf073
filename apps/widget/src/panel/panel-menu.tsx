import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icons.js';
import { usePanelState, useSession, useWords } from './panel-context.js';

/** The header's menu: the ways to what is kept and why, two taps from anywhere. */
export function PanelMenu(): JSX.Element {
  const words = useWords();
  const session = useSession();
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (open) items(list.current)[0]?.focus();
  }, [open]);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const choose = (page: 'choices' | 'policy') => {
    close();
    session.open(page);
  };
  return (
    <div class="menu-frame">
      <button
        ref={opener}
        type="button"
        class="icon-button"
        aria-label={words.menu}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="more" />
      </button>
      {open ? (
        <div
          ref={list}
          class="menu"
          role="menu"
          tabIndex={-1}
          aria-label={words.menu}
          onKeyDown={(event) => moveInMenu(event, close)}
          onFocusOut={(event) => {
            if (!event.currentTarget.parentElement?.contains(event.relatedTarget as Node | null)) setOpen(false);
          }}
        >
          <button type="button" role="menuitem" tabIndex={-1} onClick={() => choose('choices')}>
            {words.yourData}
          </button>
          <button type="button" role="menuitem" tabIndex={-1} onClick={() => choose('policy')}>
            {words.policy}
          </button>
          <SoundItem />
        </div>
      ) : null}
    </div>
  );
}

/** Turns the sound of new messages on and off; the menu stays open. */
function SoundItem(): JSX.Element {
  const words = useWords();
  const session = useSession();
  const { sound } = usePanelState();
  return (
    <button
      type="button"
      role="menuitemcheckbox"
      aria-checked={sound}
      tabIndex={-1}
      onClick={() => session.switchSound()}
    >
      {words.sound}
      <span class="meta" aria-hidden="true">
        {sound ? words.on : words.off}
      </span>
    </button>
  );
}

function items(list: HTMLElement | null): readonly HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
}

function moveInMenu(event: TargetedKeyboardEvent<HTMLDivElement>, close: () => void): void {
  const all = items(event.currentTarget);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (event.key === 'Escape') {
    // Esc closes what is uppermost, not the panel behind it.
    event.stopPropagation();
    close();
  } else if (to !== undefined) {
    event.preventDefault();
    all.at(to % all.length)?.focus();
  }
}
