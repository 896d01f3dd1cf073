import { useEffect, useRef, useSyncExternalStore } from 'react';
import { KeyBook, type KeyPlace, type Keys } from './key-book.js';
import { ariaKeys, isSingleKey, keyName, keyText } from './key-names.js';

export type { KeyAct, Keys } from './key-book.js';

export const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);
export const keyBook = new KeyBook(APPLE);

const NO_FIELD = new Set(['button', 'submit', 'reset', 'image']);

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !NO_FIELD.has(target.type);
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented) return;
  const { key, code, shiftKey, ctrlKey, metaKey, altKey, repeat, target } = event;
  const meant = keyBook.press(
    {
      ...{ key, code, shiftKey, ctrlKey, metaKey, altKey, repeat },
      // 229: the first key of a composition, which not every browser says in `isComposing`.
      composing: event.isComposing || event.keyCode === 229,
      typing: isTyping(target),
      pressable: target instanceof Element && target.closest('a, button, summary, [role="button"]') !== null,
      behind: document.querySelector('dialog[open], :popover-open') !== null,
    },
    event.timeStamp,
  );
  if (meant) event.preventDefault();
});

/**
 * Keys while this component is shown: 'E', 'Shift+E', 'Mod+K', 'G C' (one after the other), 'ArrowDown', 'Escape'.
 * Letters work only while no field has focus, and none while an input method composes or a dialog is open; `Mod` (Ctrl,
 * on Apple ⌘) works in fields too. Give an act words (`does`) and it stands in the list under `?` and in the palette;
 * mark what only moves with `moves`.
 */
export function useKeys(keys: Keys, place: KeyPlace = 'here'): void {
  const entry = useRef<ReturnType<KeyBook['add']>>(undefined);
  useEffect(() => {
    entry.current = keyBook.add(place);
    return () => entry.current?.remove();
  }, [place]);
  useEffect(() => entry.current?.set(keys));
}

export interface ShownKey {
  readonly 'aria-keyshortcuts'?: string;
  /** For the tooltip; undefined while the member has keys without Ctrl switched off. */
  readonly text?: string;
}

/** How a button says which key does the same. */
export function useShownKey(written: string): ShownKey {
  const on = useSyncExternalStore(keyBook.singleKeys.subscribe, keyBook.singleKeys.get);
  const name = keyName(written);
  if (!on && isSingleKey(name)) return {};
  const aria = ariaKeys(name, APPLE);
  return { text: keyText(name, APPLE), ...(aria === undefined ? {} : { 'aria-keyshortcuts': aria }) };
}
