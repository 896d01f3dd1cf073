import type { Tx } from '@libs/database';

/** How far one participant has come, not yet kept. */
export interface DirtyCursor {
  readonly tenantId: string;
  readonly conversationId: string;
  /** `visitor` or a member id. */
  readonly participant: string;
  readonly delivered: number;
  readonly read: number;
}

/**
 * Moves cursors forward, never back, never past the last message. A participant without a row is made one only for the
 * visitor: members become participants by taking or writing.
 */
export async function writeCursors(tx: Tx, cursors: readonly DirtyCursor[]): Promise<void> {
  for (const { tenantId, conversationId, participant, delivered, read } of cursors) {
    const [head] = await tx.all<{ seq: number | string | null }>(
      'SELECT MAX(seq) AS seq FROM chat_message WHERE tenant_id = ? AND conversation_id = ?',
      [tenantId, conversationId],
    );
    const last = Number(head?.seq ?? 0);
    // Erased meanwhile: a row about it would be refused, and with it the cursors of everybody else in the batch.
    if (last === 0) continue;
    const to = { delivered: Math.min(delivered, last), read: Math.min(read, last) };
    const changed = await tx.run(
      'UPDATE chat_participant SET delivered = CASE WHEN delivered < ? THEN ? ELSE delivered END, ' +
        'read_seq = CASE WHEN read_seq < ? THEN ? ELSE read_seq END ' +
        'WHERE tenant_id = ? AND conversation_id = ? AND participant = ?',
      [to.delivered, to.delivered, to.read, to.read, tenantId, conversationId, participant],
    );
    if (changed === 0 && participant === 'visitor') {
      await tx.insert(
        'chat_participant',
        ['tenant_id', 'conversation_id', 'participant', 'delivered', 'read_seq'],
        [[tenantId, conversationId, participant, to.delivered, to.read]],
      );
    }
  }
}
