import type { AgentItem, ConversationSummary } from '@libs/contracts';
import type { QueryClient } from '@tanstack/react-query';
import { closed } from './conversation-access.js';
import { mapConversation } from './conversation-queries.js';

/** What a live item changes in the row of its conversation, without asking the server. */
export function rowAfter(row: ConversationSummary, item: AgentItem): Partial<ConversationSummary> {
  if (item.revision <= row.revision) return {};
  const base = { revision: item.revision, lastAt: Math.max(row.lastAt, item.at) };
  if (item.kind !== 'message') return base;
  const { kind: from } = item.author;
  const unread = from === 'visitor' ? row.unread + 1 : row.unread;
  const waitingSince = from === 'visitor' ? (row.waitingSince ?? item.at) : null;
  const counted = { ...base, seq: item.seq ?? row.seq, unread, waitingSince };
  if (item.withheld !== undefined) return { ...counted, withheld: item.withheld };
  return { ...counted, preview: { from, text: item.text.slice(0, 200) } };
}

/** Shows a live item in the lists at once; the server's own order follows a little later. */
export function patchRow(client: QueryClient, item: AgentItem): void {
  mapConversation(client, item.conversationId, (row) => closed.row({ ...row, ...rowAfter(row, item) }));
}
