import { useEffect, useRef } from 'react';
import { keyBook } from '../live/keys.js';

/** An act of the open place that has no key of its own; the palette offers it beside those that have one. */
export interface PlaceAct {
  readonly id: string;
  readonly does: string;
  /** The same in the other language. */
  readonly also?: string;
  readonly run: () => unknown;
}

/** An act as the palette shows it. */
export interface OfferedAct extends PlaceAct {
  readonly key?: string;
}

const places = new Set<{ acts: readonly PlaceAct[] }>();

/** Offers acts of this place in the palette while the component is shown. `run` is what their button does. */
export function useActs(acts: readonly PlaceAct[]): void {
  const place = useRef<{ acts: readonly PlaceAct[] }>(undefined);
  useEffect(() => {
    const mine = { acts: [] as readonly PlaceAct[] };
    place.current = mine;
    places.add(mine);
    return () => {
      places.delete(mine);
    };
  }, []);
  useEffect(() => {
    if (place.current) place.current.acts = acts;
  });
}

/** What may be done now: the same acts as buttons and keys, so nothing that this member may not do. */
export function offeredActs(): readonly OfferedAct[] {
  const keyed = keyBook
    .listed()
    .filter(({ moves }) => moves !== true)
    .map(({ key, does, also, run }) => ({ id: `key:${key}`, key, does, run, ...(also === undefined ? {} : { also }) }));
  return [...keyed, ...[...places].flatMap(({ acts }) => acts)];
}

/** Runs it as it is now: what was offered when the palette opened may have passed. */
export function runAct(id: string): void {
  offeredActs()
    .find((act) => act.id === id)
    ?.run();
}
