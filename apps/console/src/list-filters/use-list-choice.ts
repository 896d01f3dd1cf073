import type { ListCounts, ListFilter, ListSort, ListWish, SavedView } from '@libs/contracts';
import { COUNTED_MOST } from '@libs/contracts';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { listsApi } from '../session/api.js';
import { choose, differs, listChoices, NAMED_VIEWS, NO_FILTER, tidied, wishAt } from './list-choice.js';

export function useViews(wanted = true) {
  return useQuery({
    queryKey: ['views'],
    queryFn: ({ signal }) => listsApi.views(signal),
    staleTime: 60_000,
    enabled: wanted,
  });
}

export interface ChosenList {
  readonly place: string;
  readonly wish: ListWish;
  readonly saved: SavedView | undefined;
  /** A saved view that is not among the member's. */
  readonly missing: boolean;
  /** What is shown is not what the place begins with. */
  readonly changed: boolean;
  setFilter(filter: ListFilter): void;
  setSort(sort: ListSort): void;
  reset(): void;
}

/** What the list at a place asks for. */
export function useListChoice(place: string): ChosenList {
  const named = NAMED_VIEWS.includes(place);
  const views = useViews(!named);
  const choice = useSyncExternalStore(listChoices.subscribe, listChoices.get).get(place);
  const saved = named ? undefined : views.data?.items.find(({ id }) => id === place);
  const wish = wishAt(place, saved, choice);
  return {
    ...{ place, wish, saved },
    missing: !named && views.isSuccess && saved === undefined,
    changed: differs(wish, saved ?? { filter: NO_FILTER, sort: 'newest' }),
    setFilter: (filter) => choose(place, { filter: tidied(filter), sort: wish.sort }),
    setSort: (sort) => choose(place, { filter: wish.filter, sort }),
    reset: () => choose(place, undefined),
  };
}

/** How many there are in each view. */
export function useCounts<T>(select: (counts: ListCounts) => T): T | undefined {
  return useQuery({ queryKey: ['count'], queryFn: ({ signal }) => listsApi.counts(signal), select }).data;
}

/** A count as it stands beside a name; nothing for none. */
export function countText(count: number | undefined): string {
  if (!count) return '';
  return count > COUNTED_MOST ? `${COUNTED_MOST}+` : String(count);
}
