import type { Tx } from '@libs/database';
import type { JournalConsumer, JournalRow } from '@libs/events';

/**
 * Keeps the order of the list: the time of a conversation's last event. A projection of the journal, so that a message
 * need not write its conversation's row (decision 0001). One update per conversation and page, however many events.
 */
export const listProjection: JournalConsumer = {
  name: 'chat.list-projection',
  newestOnly: true,
  gatherMs: 1000,
  kinds: [
    'chat.message-received.v1',
    'chat.message-sent.v1',
    'chat.conversation-taken.v1',
    'chat.conversation-assigned.v1',
    'chat.conversation-taken-over.v1',
    'chat.conversation-resolved.v1',
    'chat.conversation-reopened.v1',
    'chat.conversation-woken.v1',
  ],
  async handle(tx: Tx, rows: readonly JournalRow[]): Promise<void> {
    for (const { tenantId, resource, at } of rows) {
      await tx.run('UPDATE chat_conversation SET last_at = ? WHERE tenant_id = ? AND id = ? AND last_at < ?', [
        at,
        tenantId,
        resource.slice('conversation:'.length),
        at,
      ]);
    }
  },
};
