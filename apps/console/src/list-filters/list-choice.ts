import type { ConversationView, ListFilter, ListSort, ListWish, SavedView } from '@libs/contracts';
import { Observable } from '../live/observable.js';
import { keepForSession } from '../session/memory.js';
import { keepChoices, keptChoices } from './kept-choices.js';

/** What somebody chose in a view instead of what it begins with. */
export interface ListChoice {
  readonly filter: ListFilter;
  readonly sort: ListSort;
}

/** By view, as long as this tab and its session live: whoever comes back to a list finds it as it was. */
export const listChoices = new Observable<ReadonlyMap<string, ListChoice>>(keptChoices());
keepForSession(() => listChoices.set(new Map()));
listChoices.subscribe(() => keepChoices(listChoices.get()));

export const NO_FILTER: ListFilter = {};

/** Views that are there for everybody; any other place is a view that the member keeps. */
export const NAMED_VIEWS: readonly string[] = ['mine', 'unassigned', 'all', 'mentions'];

export function choose(place: string, choice: ListChoice | undefined): void {
  const next = new Map(listChoices.get());
  if (choice) next.set(place, choice);
  else next.delete(place);
  listChoices.set(next);
}

/** What a place asks for: as it is kept, and as it was changed here. */
export function wishAt(place: string, saved: SavedView | undefined, choice: ListChoice | undefined): ListWish {
  const view = saved?.view ?? (place as ConversationView);
  const { filter, sort } = choice ?? saved ?? { filter: NO_FILTER, sort: 'newest' as const };
  return { view, filter, sort };
}

/** Without what narrows nothing, so that two filters that say the same are the same. */
export function tidied(filter: ListFilter): ListFilter {
  const { inbox = [], label = [], state = [], assignee = [], unread, waiting } = filter;
  return {
    ...(inbox.length > 0 ? { inbox: [...inbox].sort() } : {}),
    ...(label.length > 0 ? { label: [...label].sort() } : {}),
    ...(state.length > 0 ? { state: [...state].sort() } : {}),
    ...(assignee.length > 0 ? { assignee: [...assignee].sort() } : {}),
    ...(unread ? { unread } : {}),
    ...(waiting === undefined ? {} : { waiting }),
  };
}

export function isNarrowed(filter: ListFilter): boolean {
  return Object.keys(tidied(filter)).length > 0;
}

/** True where what is shown is not what is kept. */
export function differs(one: ListChoice, other: ListChoice): boolean {
  return one.sort !== other.sort || JSON.stringify(tidied(one.filter)) !== JSON.stringify(tidied(other.filter));
}

/** One condition of a filter. */
export interface FilterPart {
  readonly kind: keyof ListFilter;
  /** Which of several; absent where there is only one. */
  readonly value?: string;
}

export function partsOf(filter: ListFilter): readonly FilterPart[] {
  const many = (['inbox', 'label', 'state', 'assignee'] as const).flatMap((kind) =>
    (filter[kind] ?? []).map((value) => ({ kind, value })),
  );
  return [
    ...many,
    ...(filter.unread ? [{ kind: 'unread' } as const] : []),
    ...(filter.waiting === undefined ? [] : [{ kind: 'waiting' } as const]),
  ];
}

/** The filter without one of its conditions. */
export function without(filter: ListFilter, { kind, value }: FilterPart): ListFilter {
  const { [kind]: had, ...others } = filter;
  if (value === undefined || !Array.isArray(had)) return others;
  return tidied({ ...others, [kind]: had.filter((one) => one !== value) });
}
