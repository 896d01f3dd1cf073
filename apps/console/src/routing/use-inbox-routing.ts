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
  /** What the edit began with: what is read behind it overwrites nobody unasked. */
  const [base, setBase] = useState<InboxRouting>();
  const [saved, setSaved] = useState(false);
  const act = useAct();
  const values = query.data && { ...query.data, ...edit, version: (base ?? query.data).version };
  async function send(wish: InboxRouting): Promise<void> {
    try {
      const kept = await routingApi.setInboxRouting(inboxId, wish);
      client.setQueryData(key, kept);
      setEdit((now) => typedSince(now, edit));
      setBase(kept);
      setSaved(true);
    } catch (error) {
      void client.invalidateQueries({ queryKey: key });
      throw error;
    }
  }
  return {
    ...{ query, values, base, saved, error: act.error, busy: act.busy },
    dirty: Object.keys(edit).length > 0,
    set: (part: Partial<InboxRouting>): void => {
      setSaved(false);
      if (Object.keys(edit).length === 0) setBase(query.data);
      setEdit((now) => ({ ...now, ...part }));
    },
    discard: (): void => {
      setEdit({});
      setBase(undefined);
      act.forget();
    },
    save: (): void => void act.run(async () => values && send(values)),
    /** Mine, on top of what is kept now. */
    overwrite: ({ version }: InboxRouting): void => void act.run(async () => values && send({ ...values, version })),
  };
}

export type RoutingEditing = ReturnType<typeof useInboxRouting>;
