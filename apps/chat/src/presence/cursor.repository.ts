import type { Tx } from '@libs/database';
import { addParticipant, type ParticipantKey } from '../stream/participants.js';

/** How far one participant, the visitor or a member, has come, not yet kept. */
export interface DirtyCursor extends ParticipantKey {
  readonly delivered: number;
  readonly read: number;
}

/**
 * Stands for members who read what they take no part in: a message that waits for everybody. The visitor was told that it
 * was read, and must find it so in the next tab; a row of the member's own would make them a participant.
 */
const TEAM = 'team';

/**
 * Moves cursors forward, never back, never past the last message. Members become participants by taking or writing, not by
 * reading.
 */
export async function writeCursors(tx: Tx, cursors: readonly DirtyCursor[]): Promise<void> {
  for (const cursor of cursors) {
    const [head] = await tx.all<{ seq: number | string | null }>(
      'SELECT MAX(seq) AS seq FROM chat_message WHERE tenant_id = ? AND conversation_id = ?',
      [cursor.tenantId, cursor.conversationId],
    );
    const last = Number(head?.seq ?? 0);
    // Erased meanwhile: a row about it would be refused, and with it the cursors of everybody else in the batch.
    if (last === 0) continue;
    const to = { ...cursor, delivered: Math.min(cursor.delivered, last), read: Math.min(cursor.read, last) };
    if (await moved(tx, to)) continue;
    const keeper = to.participant === 'visitor' ? to : { ...to, participant: TEAM };
    await addParticipant(tx, keeper);
    await moved(tx, keeper);
  }
}

/** False where the participant has no row. */
async function moved(
  tx: Tx,
  { tenantId, conversationId, participant, delivered, read }: DirtyCursor,
): Promise<boolean> {
  const rows = await tx.run(
    'UPDATE chat_participant SET delivered = CASE WHEN delivered < ? THEN ? ELSE delivered END, ' +
      'read_seq = CASE WHEN read_seq < ? THEN ? ELSE read_seq END ' +
      'WHERE tenant_id = ? AND conversation_id = ? AND participant = ?',
    [delivered, delivered, read, read, tenantId, conversationId, participant],
  );
  return rows > 0;
}
