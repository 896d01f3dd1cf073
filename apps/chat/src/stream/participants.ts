import { type Tx, upsert } from '@libs/database';

const PARTICIPANT = {
  table: 'chat_participant',
  columns: ['tenant_id', 'conversation_id', 'participant', 'delivered', 'read_seq'],
  keys: ['tenant_id', 'conversation_id', 'participant'],
  update: [],
} as const;

/** Whose row of a conversation; `participant` is `visitor`, `team` or a member id. */
export interface ParticipantKey {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly participant: string;
}

/**
 * Makes the row of somebody who has read nothing yet, where there is none. Another process may make it at the same moment:
 * to refuse ours would lose whatever else is in the batch.
 */
export async function addParticipant(tx: Tx, { tenantId, conversationId, participant }: ParticipantKey): Promise<void> {
  await upsert(tx, PARTICIPANT, [tenantId, conversationId, participant, 0, 0]);
}
