import { useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useKeys } from '../live/keys.js';
import { useAroundWords, useOtherAroundWords } from '../words/around/use-around-words.js';
import { rememberPath } from './recent.js';

const load = () => import('./palette.js');
const Palette = lazy(async () => ({ default: (await load()).Palette }));

/** Opens the palette by key from every page, and keeps where this page has been. */
export function PaletteDoor() {
  const words = useAroundWords();
  const other = useOtherAroundWords();
  const [open, setOpen] = useState(false);
  const path = useLocation({ select: ({ pathname }) => pathname });
  useEffect(() => rememberPath(path), [path]);
  useEffect(() => {
    // Fetched while nothing else is: the first time it opens it is here.
    const timer = setTimeout(() => void load().catch(() => undefined), 1_000);
    return () => clearTimeout(timer);
  }, []);
  const show = () => setOpen(true);
  const keys = {
    'Mod+K': { does: words.paletteOpen, also: other.paletteOpen, run: show, moves: true },
    '/': { does: words.search, also: other.search, run: show, moves: true },
  };
  useKeys(keys, 'everywhere');
  return open ? (
    <Suspense fallback={null}>
      <Palette onClose={() => setOpen(false)} />
    </Suspense>
  ) : null;
}
