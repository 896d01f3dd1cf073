import type { InboxRouting } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isOvertaken } from '../forms/overtaken.js';
import { typedSince } from '../forms/typed-since.js';
import { useAct } from '../forms/use-act.js';
import { routingApi } from '../session/api.js';

/** How an inbox gives, with what was changed and not saved. Its version is its own: routing holds at once, draft or live. */
export function useInboxRouting(inboxId: string) {
  const client = useQueryClient();
  const key = ['inbox-routing', inboxId] as const;
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => routingApi.inboxRouting(inboxId, signal) });
  const [edit, setEdit] = useState<Partial<InboxRouting>>({});
  /** The version that the edit began with: what is read behind it overwrites nobody unasked. */
  const [since, setSince] = useState<number>();
  const [saved, setSaved] = useState(false);
  /** What was kept when the last try to save began. */
  const [before, setBefore] = useState<InboxRouting>();
  const act = useAct();
  const values = query.data && { ...query.data, ...edit, version: since ?? query.data.version };
  async function send(): Promise<void> {
    if (!values) return;
    setBefore(query.data);
    try {
      const kept = await routingApi.setInboxRouting(inboxId, values);
      client.setQueryData(key, kept);
      setEdit((now) => typedSince(now, edit));
      setSince(kept.version);
      setSaved(true);
    } catch (error) {
      // Told what is kept now, whoever saves again means that.
      if (isOvertaken(error)) setSince(undefined);
      void client.invalidateQueries({ queryKey: key });
      throw error;
    }
  }
  return {
    ...{ query, values, before, saved, error: act.error, busy: act.busy },
    dirty: Object.keys(edit).length > 0,
    set: (part: Partial<InboxRouting>): void => {
      setSaved(false);
      if (Object.keys(edit).length === 0) setSince(query.data?.version);
      setEdit((now) => ({ ...now, ...part }));
    },
    discard: (): void => {
      setEdit({});
      setSince(undefined);
      act.forget();
    },
    save: (): void => void act.run(send),
  };
}

export type RoutingEditing = ReturnType<typeof useInboxRouting>;
