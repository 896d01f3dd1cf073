import type { ConversationSummary, Label, LabelRef } from '@libs/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { patchConversation, readRowsAgain } from '../conversations/conversation-queries.js';
import { listsApi } from '../session/api.js';
import { useUndo } from '../undo/use-undo.js';
import { useListWords } from '../words/lists/use-list-words.js';

const NONE: readonly Label[] = [];

/** The labels of the workspace, in their order. */
export function useLabels() {
  return useQuery({ queryKey: ['labels'], queryFn: ({ signal }) => listsApi.labels(signal), staleTime: 60_000 });
}

export function useLabelItems(): readonly Label[] {
  return useLabels().data?.items ?? NONE;
}

/** After a change of the workspace's labels: they stand beside conversations, and views are narrowed by them. */
export function useRefreshLabels(): () => Promise<unknown> {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [['labels'], ['views'], ['conversations'], ['conversation']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
}

interface Wish {
  readonly label: LabelRef;
  readonly on: boolean;
}

/** Puts a label on a conversation or takes it off: shown at once, taken back when the server refuses, and by U. */
export function useSetLabel(row: ConversationSummary) {
  const client = useQueryClient();
  const words = useListWords();
  const undo = useUndo();
  const { id } = row;
  const set = ({ label, on }: Wish) => listsApi.setLabel(id, label.id, on);
  return useMutation<unknown, Error, Wish, () => void>({
    mutationFn: set,
    onMutate: async ({ label, on }) => {
      await client.cancelQueries({ queryKey: ['conversations'] });
      await client.cancelQueries({ queryKey: ['conversation', id] });
      return patchConversation(client, id, ({ labels }) => {
        const others = labels.filter((one) => one.id !== label.id);
        return { labels: on ? [...others, label] : others };
      });
    },
    onError: (_error, _wish, rollBack) => rollBack?.(),
    onSuccess: (_answer, { label, on }) =>
      undo.offer(on ? words.labelled(label.name) : words.unlabelled(label.name), async () => {
        await set({ label, on: !on });
        await readRowsAgain(client, id);
      }),
    onSettled: () => readRowsAgain(client, id),
  });
}
