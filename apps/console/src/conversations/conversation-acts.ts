import type { AgentSent, ConversationSnoozed, ConversationSummary, Me } from '@libs/contracts';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, workApi } from '../session/api.js';
import { useMe } from '../session/session.js';
import { OvertakenError } from '../undo/undo-slot.js';
import { useUndo } from '../undo/use-undo.js';
import { momentText } from '../words/states/moment-text.js';
import { useStateWords } from '../words/states/use-state-words.js';
import type { StateWords } from '../words/states/vocabulary.js';
import { useWords } from '../words/use-words.js';
import type { Locale } from '../words/vocabulary.js';
import { heldConversation, patchConversation, readRowsAgain } from './conversation-queries.js';
import { type ConversationWish, isAnswered, standingAfter, standingOf, wayBack } from './standing.js';
import { usePlaceWords } from './words/use-place-words.js';
import type { PlaceWords } from './words/zh-cn.js';

interface Begun {
  readonly rollBack: () => void;
  readonly before: ConversationSummary | undefined;
}

function ask(id: string, wish: ConversationWish, me: Me): Promise<AgentSent | ConversationSnoozed> {
  if (wish === 'release') return workApi.release(id, { from: me.memberId });
  if (wish === 'wake') return workApi.wake(id);
  return typeof wish === 'string' ? api.act(id, wish) : workApi.snooze(id, wish.snooze);
}

/** Shows the row as `standing` while `acts` run one after the other; rejects, and shows what was, when one is refused. */
export async function takeBack(
  client: QueryClient,
  id: string,
  standing: Partial<ConversationSummary>,
  acts: readonly (() => Promise<unknown>)[],
): Promise<void> {
  await holdReads(client, id);
  const rollBack = patchConversation(client, id, standing);
  try {
    for (const act of acts) await act();
  } catch (error) {
    rollBack();
    throw error;
  } finally {
    void readRowsAgain(client, id);
  }
}

async function holdReads(client: QueryClient, id: string): Promise<void> {
  await client.cancelQueries({ queryKey: ['conversations'] });
  await client.cancelQueries({ queryKey: ['conversation', id] });
}

/** Take, resolve, reopen, put off: shown at once, taken back when the server refuses, and offered for undoing. */
export function useConversationAct(id: string) {
  const client = useQueryClient();
  const me = useMe();
  const undo = useUndo();
  const { locale } = useWords();
  const words = useStateWords();
  const places = usePlaceWords();
  return useMutation<AgentSent | ConversationSnoozed, Error, ConversationWish, Begun>({
    mutationFn: (wish) => ask(id, wish, me),
    onMutate: async (wish) => {
      await holdReads(client, id);
      const before = heldConversation(client, id);
      return { before, rollBack: patchConversation(client, id, (row) => standingAfter(row, wish, me, Date.now())) };
    },
    onError: (_error, _wish, begun) => begun?.rollBack(),
    onSuccess: (answer, wish, { before }) => {
      const back = before && wayBack(before, wish);
      if (!before || !back) return;
      const acts = back.map((one) => async () => {
        if (one === 'release' && isAnswered(before, heldConversation(client, id))) throw new OvertakenError();
        return ask(id, one, me);
      });
      undo.offer(saidOf(wish, answer, { ...words, ...places }, locale), () =>
        takeBack(client, id, standingOf(before), acts),
      );
    },
    // Not waited for: an act that still counts as running would swallow the next press.
    onSettled: () => void readRowsAgain(client, id),
  });
}

/** What the parts of a screen share of one act: whether it runs, how it failed. */
export type Act = ReturnType<typeof useConversationAct>;

function saidOf(wish: ConversationWish, answer: object, words: StateWords & PlaceWords, locale: Locale): string {
  if (wish === 'take') return words.didTake;
  if (wish === 'release') return words.didPutBack;
  if (wish === 'resolve') return words.didResolve;
  if (wish === 'wake') return words.didWake;
  // The server's word: by another clock the same moment may lie elsewhere.
  return 'until' in answer ? words.didSnooze(momentText(Number(answer.until), Date.now(), locale)) : words.didReopen;
}
