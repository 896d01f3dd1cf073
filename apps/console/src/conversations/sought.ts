import { Observable } from '../live/observable.js';
import { keepForSession } from '../session/memory.js';

/** What is looked for in the list, and at which place of it. */
export interface Sought {
  readonly place: string;
  readonly text: string;
}

const NOTHING: Sought = { place: '', text: '' };

/** Lives as long as this page and its session: a name or a number stands in no address and lies on no device. */
export const sought = new Observable<Sought>(NOTHING);
keepForSession(endSearch);

export function endSearch(): void {
  sought.set(NOTHING);
}

/** Whoever goes to another list looks for nothing there. */
export function leaveSearch(place: string): void {
  if (sought.get().place !== place) endSearch();
}

/** The text that is looked for at a place; empty for none. */
export function soughtAt(place: string, { place: at, text }: Sought): string {
  return at === place ? text : '';
}

/** One letter is nobody's; one Chinese character is a surname. */
export function canBeSomebody(typed: string): boolean {
  return !/^[\p{L}\p{N}]?$/u.test(typed) || /\p{Ideographic}/u.test(typed);
}

/** The code that stands for a visitor, with or without the sign or the word before it. */
export function handleIn(typed: string): string | undefined {
  return /^(?:#|访客|visitor\s)?\s*([0-9a-f]{4})$/i.exec(typed)?.[1];
}
