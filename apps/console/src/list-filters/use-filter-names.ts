import type { ListFilter, ListState } from '@libs/contracts';
import { useQuery } from '@tanstack/react-query';
import { useColleagues } from '../conversations/use-hand-over.js';
import { useLabelItems } from '../labels/use-labels.js';
import { listsApi } from '../session/api.js';
import { useListWords } from '../words/lists/use-list-words.js';
import type { FilterPart } from './list-choice.js';

/** What a list can be narrowed to besides labels and colleagues. */
export function useListOptions() {
  return useQuery({
    queryKey: ['list-options'],
    queryFn: ({ signal }) => listsApi.options(signal),
    staleTime: 60_000,
  });
}

/** How each condition is called on the screen. */
export function useFilterNames(): (part: FilterPart, filter: ListFilter) => string {
  const words = useListWords();
  const labels = useLabelItems();
  const inboxes = useListOptions().data?.inboxes ?? [];
  const colleagues = useColleagues().data?.items ?? [];
  return ({ kind, value = '' }, filter) => {
    switch (kind) {
      case 'state':
        return words.states[value as ListState];
      case 'label':
        return labels.find(({ id }) => id === value)?.name ?? words.goneLabel;
      case 'inbox':
        return inboxes.find(({ id }) => id === value)?.name ?? words.goneInbox;
      case 'assignee':
        if (value === 'me') return words.me;
        if (value === 'nobody') return words.nobody;
        return colleagues.find(({ id }) => id === value)?.name ?? words.somebody;
      case 'unread':
        return words.unreadOnly;
      case 'waiting':
        return words.waitingFor(filter.waiting ?? 0);
    }
  };
}
