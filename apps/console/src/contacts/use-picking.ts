import type { ContactSummary } from '@libs/contracts';
import { useSyncExternalStore } from 'react';
import { Observable } from '../live/observable.js';
import { keepForSession } from '../session/memory.js';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';

/** Which rows are selected; selecting is of use only to who may ask for many values at once. */
export interface Picking {
  readonly possible: boolean;
  readonly picked: readonly ContactSummary[];
  readonly has: (id: string) => boolean;
  readonly all: boolean;
  toggle(id: string): void;
  toggleAll(): void;
  clear(): void;
}

/** As long as this page lives: whoever comes back from a record goes on where they were. */
const chosen = new Observable<ReadonlySet<string>>(new Set());
keepForSession(() => chosen.set(new Set()));

export function usePicking(rows: readonly ContactSummary[]): Picking {
  const me = useMe();
  const ids = useSyncExternalStore(chosen.subscribe, chosen.get);
  const setIds = (next: ReadonlySet<string>) => chosen.set(next);
  const picked = rows.filter(({ id }) => ids.has(id));
  const all = rows.length > 0 && picked.length === rows.length;
  return {
    possible: rights.askBulk(me.role),
    picked,
    all,
    has: (id) => ids.has(id),
    toggle: (id) => {
      const next = new Set(chosen.get());
      if (!next.delete(id)) next.add(id);
      setIds(next);
    },
    toggleAll: () => setIds(all ? new Set() : new Set(rows.map(({ id }) => id))),
    clear: () => setIds(new Set()),
  };
}
