import type { ConversationAccess, ConversationSummary } from '@libs/contracts';
import type { QueryClient } from '@tanstack/react-query';
import { withAccess } from './conversation-access.js';
import { conversationsOf, dropConversations, heldConversation, mapConversation } from './conversation-queries.js';
import { forgetName } from './person-names.js';

/** By then every process of the server knows what one of them said. */
const KNOWN_EVERYWHERE_MS = 5_500;
const ROWS = [['conversations'], ['conversation'], ['count']];
const CARDS = [['contact'], ['contact-record'], ['person-name']];

/**
 * A person decided. Where the text may be read no longer, it leaves the lists before the server is asked, and so does the
 * card beside it: its values rest on the same consent. Where it may be again, the rows follow the server's answer.
 */
export function applyAccess(client: QueryClient, { conversationId, withheld }: ConversationAccess): void {
  const row = heldConversation(client, conversationId);
  mapConversation(client, conversationId, (one) => (withheld === null ? one : withAccess(one, withheld)));
  if (!row) return;
  if (withheld !== null) emptyCards(client, row);
  const changed = (row.withheld ?? null) !== withheld;
  // A link that was made or taken apart is news of the same kind: who is one person decides what stands in a history.
  const history = ['conversations', { person: row.subjectId }];
  const ask = () => {
    for (const queryKey of changed ? [...ROWS, ...CARDS] : [...CARDS, history]) {
      void client.invalidateQueries({ queryKey });
    }
  };
  ask();
  // The card as well: what its person has just agreed to may be filled in without a reload.
  setTimeout(ask, KNOWN_EVERYWHERE_MS);
}

/**
 * A person was erased: everything this page holds of them goes at once, whatever the server says later. Answers the
 * conversations it knew of.
 */
export function applyErasure(client: QueryClient, subjectId: string): readonly string[] {
  const ids = conversationsOf(client, subjectId);
  dropConversations(client, ids);
  emptyCards(client, { subjectId });
  for (const queryKey of [...ROWS, ['contacts']]) void client.invalidateQueries({ queryKey });
  return ids;
}

function emptyCards(client: QueryClient, { subjectId }: Pick<ConversationSummary, 'subjectId'>): void {
  forgetName(client, subjectId);
  void client.resetQueries({ queryKey: ['contact', subjectId] });
  void client.resetQueries({
    queryKey: ['contact-record'],
    predicate: ({ state }) => (state.data as { subjectId?: string } | undefined)?.subjectId === subjectId,
  });
}
