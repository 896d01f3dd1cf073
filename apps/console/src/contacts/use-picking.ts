import type { ContactSummary } from '@libs/contracts';
import { useState } from 'react';
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

export function usePicking(rows: readonly ContactSummary[]): Picking {
  const me = useMe();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const picked = rows.filter(({ id }) => ids.has(id));
  const all = rows.length > 0 && picked.length === rows.length;
  return {
    possible: rights.askBulk(me.role),
    picked,
    all,
    has: (id) => ids.has(id),
    toggle: (id) =>
      setIds((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    toggleAll: () => setIds(all ? new Set() : new Set(rows.map(({ id }) => id))),
    clear: () => setIds(new Set()),
  };
}
