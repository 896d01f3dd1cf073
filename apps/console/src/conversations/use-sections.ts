import { type ConversationSummary, LIST_STATES, type ListState, type ListWish } from '@libs/contracts';
import { type FocusEvent, type UIEvent, useMemo, useState } from 'react';
import { useConversationList } from './conversation-queries.js';
import { holdOrder } from './held-order.js';

export type ListQuery = ReturnType<typeof useConversationList>;

/** Rows that stand together: all of them, or those of one state. */
export interface Section {
  readonly state: ListState | undefined;
  readonly query: ListQuery;
  readonly rows: readonly ConversationSummary[];
  /** Newcomers that wait until the list is let go. */
  readonly waiting: number;
  release(): void;
}

/** All conversations stand by state, unless somebody asked for states or another order. */
function isSplit({ view, filter, sort }: ListWish): boolean {
  return view === 'all' && sort === 'newest' && (filter.state ?? []).length === 0;
}

/** While pointer or focus rests on the list, or it is scrolled, its rows keep their places. */
export function useHold() {
  const [held, setHeld] = useState({ pointer: false, focus: false, scrolled: false });
  // Leaving it with the pointer and with the focus may fall between two renderings: each adds to what holds by then.
  const note = (change: Partial<typeof held>) =>
    setHeld((before) => {
      const after = { ...before, ...change };
      const same =
        before.pointer === after.pointer && before.focus === after.focus && before.scrolled === after.scrolled;
      return same ? before : after;
    });
  return {
    on: held.pointer || held.focus || held.scrolled,
    events: {
      onPointerEnter: () => note({ pointer: true }),
      onPointerLeave: () => note({ pointer: false }),
      onFocus: () => note({ focus: true }),
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => note({ focus: currentTarget.contains(relatedTarget) }),
      onScroll: ({ currentTarget }: UIEvent) => note({ scrolled: currentTarget.scrollTop > 0 }),
    },
  };
}

/** The sections of a list that is `wanted`. One that stands as a whole asks once, one by state once for each. */
export function useSections(wish: ListWish, hold: boolean, wanted: boolean): readonly Section[] {
  const isByState = isSplit(wish);
  const split = isByState && wanted;
  const whole = useSection(wish, undefined, !isByState && wanted, hold);
  const [queued, open, snoozed, resolved] = LIST_STATES;
  const byState = [
    useSection(wish, queued, split, hold),
    useSection(wish, open, split, hold),
    useSection(wish, snoozed, split, hold),
    useSection(wish, resolved, split, hold),
  ];
  return isByState ? byState : [whole];
}

/** Rows of one question, which is asked where it is `wanted`. */
export function useSection(wish: ListWish, state: ListState | undefined, wanted: boolean, hold: boolean): Section {
  const asked = state === undefined ? wish : { ...wish, filter: { ...wish.filter, state: [state] } };
  const query = useConversationList(asked, wanted);
  const fresh = useMemo(() => (query.data?.pages ?? []).flatMap((page) => page.items), [query.data]);
  const key = JSON.stringify(asked);
  const [held, setHeld] = useState<{ readonly key: string; readonly ids: readonly string[] } | null>(null);
  const ids = () => ({ key, ids: fresh.map((row) => row.id) });
  // What stands there when it is first held is what keeps its place; another list has nothing to keep, and
  // what an earlier look left behind is not what somebody aims at while it is read anew.
  const keeps = held?.key === key;
  if (hold && !keeps && query.isSuccess && !query.isFetching) setHeld(ids());
  if (!hold && held !== null) setHeld(null);
  const shown = hold && keeps ? holdOrder(held.ids, fresh) : { rows: fresh, waiting: 0 };
  return { ...shown, state, query, release: () => setHeld(ids()) };
}
