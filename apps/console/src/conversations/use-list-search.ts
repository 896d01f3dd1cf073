import { useQueryClient } from '@tanstack/react-query';
import type { InputRef } from 'antd';
import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import { useKeys } from '../live/keys.js';
import { endSearch, leaveSearch, sought, soughtAt } from './sought.js';
import { usePlaceWords } from './words/use-place-words.js';

export interface ListSearch {
  /** What is looked for; empty for none. */
  readonly text: string;
  /** On a phone the field stands there when somebody asks for it. */
  readonly open: boolean;
  readonly field: RefObject<InputRef | null>;
  /** Leads to the field; false where the list is not shown. */
  start(): boolean;
  seek(text: string): void;
  /** Back to the list as it was. */
  end(): boolean;
  fold(): void;
}

/** The search of the list at a place: its field, its keys, and what it looks for. */
export function useListSearch(place: string): ListSearch {
  const words = usePlaceWords();
  const client = useQueryClient();
  const text = soughtAt(place, useSyncExternalStore(sought.subscribe, sought.get));
  const [open, setOpen] = useState(false);
  const field = useRef<InputRef>(null);
  useEffect(() => leaveSearch(place), [place]);
  const start = () => {
    if (!listColumn()?.checkVisibility()) return false;
    // A phone shows its keyboard only for what has the focus before the press is over.
    flushSync(() => setOpen(true));
    field.current?.focus({ cursor: 'all' });
    return true;
  };
  const end = () => {
    flushSync(() => {
      setOpen(true);
      endSearch();
    });
    field.current?.focus();
    return true;
  };
  useKeys({
    '/': { does: words.findTalks, run: start, moves: true },
    // From a row that was found; elsewhere Escape is the conversation's.
    Escape: { run: () => text !== '' && listColumn()?.contains(document.activeElement) === true && end() },
  });
  return {
    ...{ text, field, start, end },
    open: open || text !== '',
    seek: (next) => {
      // The same once more: somebody may have got a name meanwhile.
      if (next === text) void client.invalidateQueries({ queryKey: ['meant'] });
      sought.set({ place, text: next });
    },
    fold: () => setOpen(false),
  };
}

/** Whoever looks for nothing goes back; on a phone to the button that the field came from. */
export function leaveField({ field, fold }: ListSearch): void {
  field.current?.blur();
  flushSync(fold);
  const button = listColumn()?.querySelector<HTMLElement>('.to-search');
  if (button?.checkVisibility()) button.focus();
}

function listColumn(): HTMLElement | null {
  return document.querySelector<HTMLElement>('.list-column');
}

/** From the field into what was found. */
export function toFirstRow(): void {
  listColumn()?.querySelector<HTMLElement>('a.row')?.focus();
}
