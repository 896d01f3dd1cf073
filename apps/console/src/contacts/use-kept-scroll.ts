import { useLayoutEffect, useRef } from 'react';
import { Observable } from '../live/observable.js';
import { keepForSession } from '../session/memory.js';

/** How far down each list was, as long as this page lives. */
const places = new Observable<ReadonlyMap<string, number>>(new Map());
keepForSession(() => places.set(new Map()));

/** A way back is seldom longer. */
const MOST_KEPT = 20;

function note(key: string, top: number): void {
  const others = [...places.get()].filter(([other]) => other !== key);
  places.set(new Map([...others, [key, top] as const].slice(-MOST_KEPT)));
}

/** Puts the page where it was when `key` was left, once its rows are there; a new key begins at the top. */
export function useKeptScroll(key: string, ready: boolean): void {
  const done = useRef<string>(undefined);
  // Before the browser scrolls by itself: what is drawn for another key may be too short for the place of this one.
  useLayoutEffect(() => {
    const page = document.getElementById('content');
    if (!page || !ready) return;
    if (done.current !== key) page.scrollTop = places.get().get(key) ?? 0;
    done.current = key;
    const scrolled = () => note(key, page.scrollTop);
    page.addEventListener('scroll', scrolled, { passive: true });
    return () => page.removeEventListener('scroll', scrolled);
  }, [key, ready]);
}
