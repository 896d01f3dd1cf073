import type { InboxDetail } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { inboxesApi } from '../session/api.js';

const LIST = ['inboxes'] as const;
const keyOf = (id: string) => ['inbox', id] as const;

export function useInboxes() {
  return useQuery({ queryKey: LIST, queryFn: ({ signal }) => inboxesApi.inboxes(signal) });
}

/** Somebody who edits is not to be overtaken by a refetch: what changed meanwhile is told when saving. */
export function useInbox(id: string) {
  return useQuery({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => inboxesApi.inbox(id, signal),
    refetchOnWindowFocus: false,
  });
}

/** What the server answered is what is shown from now on. */
export function useKeepInbox(): (inbox: InboxDetail) => void {
  const client = useQueryClient();
  return (inbox) => {
    client.setQueryData(keyOf(inbox.id), inbox);
    void client.invalidateQueries({ queryKey: LIST });
  };
}

export function useForgetInboxes(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: LIST });
}
