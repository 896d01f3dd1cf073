import { useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { useKeys } from '../live/keys.js';
import { Observable } from '../live/observable.js';
import { useAroundWords, useOtherAroundWords } from '../words/around/use-around-words.js';
import { rememberPath } from './recent.js';

const load = () => import('./palette.js');
const Palette = lazy(async () => ({ default: (await load()).Palette }));

const shown = new Observable(false);

/** For those who have no keys at hand. */
export function openPalette(): void {
  shown.set(true);
}

/** Opens the palette by key from every page, and keeps where this page has been. */
export function PaletteDoor() {
  const words = useAroundWords();
  const other = useOtherAroundWords();
  const open = useSyncExternalStore(shown.subscribe, shown.get);
  const path = useLocation({ select: ({ pathname }) => pathname });
  useEffect(() => rememberPath(path), [path]);
  // Whoever signs in after this one begins without it.
  useEffect(() => () => shown.set(false), []);
  useEffect(() => {
    // Fetched while nothing else is: the first time it opens it is here.
    const timer = setTimeout(() => void load().catch(() => undefined), 1_000);
    return () => clearTimeout(timer);
  }, []);
  const keys = {
    'Mod+K': { does: words.paletteOpen, also: other.paletteOpen, run: openPalette, moves: true },
    '/': { does: words.search, also: other.search, run: openPalette, moves: true },
  };
  useKeys(keys, 'everywhere');
  return open ? (
    <Suspense fallback={null}>
      <Palette onClose={() => shown.set(false)} />
    </Suspense>
  ) : null;
}
