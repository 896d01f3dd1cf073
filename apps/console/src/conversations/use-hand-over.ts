import type { AgentSent, ConversationSummary } from '@libs/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { workApi } from '../session/api.js';
import { patchConversation, readRowsAgain } from './conversation-queries.js';

/** Who shall have it, null for nobody, and what they should know. */
export interface HandOver {
  readonly to: { readonly id: string; readonly name: string } | null;
  readonly note: string;
}

/** Members who may have conversations. */
export function useColleagues(wanted = true) {
  return useQuery({
    queryKey: ['colleagues'],
    queryFn: ({ signal }) => workApi.colleagues(signal),
    enabled: wanted,
    staleTime: 60_000,
  });
}

/** Gives a conversation away: shown at once, taken back when the server refuses. */
export function useHandOver({ id, assigneeId }: ConversationSummary) {
  const client = useQueryClient();
  return useMutation<AgentSent, Error, HandOver, () => void>({
    mutationFn: ({ to, note }) => {
      const said = note.trim() === '' ? {} : { note: note.trim() };
      if (to === null) return workApi.release(id, { from: assigneeId ?? '', ...said });
      return workApi.assign(id, { from: assigneeId, to: to.id, ...said });
    },
    onMutate: async ({ to }) => {
      await client.cancelQueries({ queryKey: ['conversations'] });
      await client.cancelQueries({ queryKey: ['conversation', id] });
      const state = to === null ? 'queued' : 'open';
      return patchConversation(client, id, { state, assigneeId: to?.id ?? null, assigneeName: to?.name ?? null });
    },
    onError: (_error, _wish, rollBack) => rollBack?.(),
    onSettled: () => readRowsAgain(client, id),
  });
}

export type HandOverAct = ReturnType<typeof useHandOver>;
