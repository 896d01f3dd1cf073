import type { InboxRouting } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { typedSince } from '../forms/typed-since.js';
import { useAct } from '../forms/use-act.js';
import { routingApi } from '../session/api.js';

/** How an inbox gives, with what was changed and not saved. Its version is its own: routing holds at once, draft or live. */
export function useInboxRouting(inboxId: string) {
  const client = useQueryClient();
  const key = ['inbox-routing', inboxId] as const;
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => routingApi.inboxRouting(inboxId, signal) });
  const [edit, setEdit] = useState<Partial<InboxRouting>>({});
  const [saved, setSaved] = useState(false);
  /** What was kept when the last try to save began. */
  const [before, setBefore] = useState<InboxRouting>();
  const act = useAct();
  const values = query.data && { ...query.data, ...edit };
  async function send(): Promise<void> {
    if (!values) return;
    setBefore(query.data);
    try {
      client.setQueryData(key, await routingApi.setInboxRouting(inboxId, values));
      setEdit((now) => typedSince(now, edit));
      setSaved(true);
    } catch (error) {
      void client.invalidateQueries({ queryKey: key });
      throw error;
    }
  }
  return {
    ...{ query, values, before, saved, error: act.error, busy: act.busy },
    dirty: Object.keys(edit).length > 0,
    set: (part: Partial<InboxRouting>): void => {
      setSaved(false);
      setEdit((now) => ({ ...now, ...part }));
    },
    discard: (): void => {
      setEdit({});
      act.forget();
    },
    save: (): void => void act.run(send),
  };
}

export type RoutingEditing = ReturnType<typeof useInboxRouting>;
