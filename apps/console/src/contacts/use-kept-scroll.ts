import { useEffect, useRef } from 'react';
import { Observable } from '../live/observable.js';
import { keepForSession } from '../session/memory.js';

/** How far down each list was, as long as this page lives. */
const places = new Observable<ReadonlyMap<string, number>>(new Map());
keepForSession(() => places.set(new Map()));

/** Puts the page where it was when `key` was left, once its rows are there; another key begins at the top. */
export function useKeptScroll(key: string, ready: boolean): void {
  const done = useRef<string>(undefined);
  useEffect(() => {
    const page = document.getElementById('content');
    if (!page || !ready) return;
    if (done.current !== key) page.scrollTop = places.get().get(key) ?? 0;
    done.current = key;
    const note = () => places.set(new Map([[key, page.scrollTop]]));
    page.addEventListener('scroll', note, { passive: true });
    return () => page.removeEventListener('scroll', note);
  }, [key, ready]);
}
