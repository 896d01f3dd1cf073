import type { AgentSent, ConversationSummary, Me } from '@libs/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, routingApi, workApi } from '../session/api.js';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { useUndo } from '../undo/use-undo.js';
import { useStateWords } from '../words/states/use-state-words.js';
import { takeBack } from './conversation-acts.js';
import { patchConversation, readRowsAgain } from './conversation-queries.js';
import { standingOf } from './standing.js';
import { usePlaceWords } from './words/use-place-words.js';

/** Who shall have it, null for nobody, and what they should know. */
export interface HandOver {
  readonly to: { readonly id: string; readonly name: string } | null;
  /** Whose queue it goes to; absent = as before. */
  readonly teamId?: string;
  readonly note: string;
}

interface Begun {
  readonly before: ConversationSummary;
  readonly rollBack: () => void;
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
export function useHandOver(row: ConversationSummary) {
  const { id, assigneeId } = row;
  const client = useQueryClient();
  const me = useMe();
  const undo = useUndo();
  const words = useStateWords();
  const places = usePlaceWords();
  return useMutation<AgentSent, Error, HandOver, Begun>({
    mutationFn: ({ to, teamId, note }) => {
      const said = note.trim() === '' ? {} : { note: note.trim() };
      if (teamId !== undefined) return routingApi.handToTeam(id, { teamId, from: assigneeId, ...said });
      if (to === null) return workApi.release(id, { from: assigneeId ?? '', ...said });
      return workApi.assign(id, { from: assigneeId, to: to.id, ...said });
    },
    onMutate: async ({ to }) => {
      await client.cancelQueries({ queryKey: ['conversations'] });
      await client.cancelQueries({ queryKey: ['conversation', id] });
      const state = to === null ? 'queued' : 'open';
      const rollBack = patchConversation(client, id, {
        state,
        snoozedUntil: null,
        assigneeId: to?.id ?? null,
        assigneeName: to?.name ?? null,
      });
      return { before: row, rollBack };
    },
    onError: (_error, _wish, begun) => begun?.rollBack(),
    onSuccess: (_sent, { to, teamId }, { before }) => {
      // To a colleague it is their work now; what lies in the queue is still nobody's.
      if (teamId !== undefined) return;
      if (to !== null) {
        // Only who arranges everybody's work may take it from them again.
        if (rights.arrange(me.role))
          undo.offer(places.didAssign(to.name), () =>
            takeBack(client, id, standingOf(before), backFrom(before, to.id)),
          );
        return;
      }
      undo.offer(words.didPutBack, () => takeBack(client, id, standingOf(before), backFromQueue(before, me)));
    },
    // Not waited for, as with the other acts.
    onSettled: () => void readRowsAgain(client, id),
  });
}

/** From a colleague to where it was: to whoever had it, or to the queue; put off as long as it was. */
function backFrom({ id, assigneeId, snoozedUntil }: ConversationSummary, from: string): (() => Promise<AgentSent>)[] {
  const back = () =>
    assigneeId === null ? workApi.release(id, { from }) : workApi.assign(id, { from, to: assigneeId });
  return snoozedUntil === null ? [back] : [back, () => workApi.snooze(id, { until: snoozedUntil })];
}

/** Back to whoever had it, put off as long as it was. */
function backFromQueue({ id, assigneeId, snoozedUntil }: ConversationSummary, me: Me): (() => Promise<AgentSent>)[] {
  const own = assigneeId === me.memberId;
  const back = () => (own ? api.act(id, 'take') : workApi.assign(id, { from: null, to: assigneeId ?? '' }));
  return snoozedUntil === null ? [back] : [back, () => workApi.snooze(id, { until: snoozedUntil })];
}

export type HandOverAct = ReturnType<typeof useHandOver>;
