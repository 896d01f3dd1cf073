import type { ConversationState } from '@libs/contracts';
import { CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** A thread between one visitor and the tenant in one inbox. */
@Table('chat_conversation')
export class ConversationEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('id of the inbox') inboxId: string;
  @IdColumn() @NotPersonal('pseudonym of the visitor') subjectId: string;
  @CodeColumn(16) @NotPersonal('closed list') state: ConversationState;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the member') assigneeId: string | null;
  @IntColumn({ nullable: true })
  @NotPersonal('time at which a snoozed one comes back; null = it is not snoozed')
  snoozedUntil: number | null;
  @IntColumn({ nullable: true }) @NotPersonal('since when nobody has it; null = it does not wait') queuedAt:
    | number
    | null;
  @IdColumn({ nullable: true }) @NotPersonal('id of the team it was handed to') teamId: string | null;
  @IntColumn() @NotPersonal('time of the first message') createdAt: number;
  @IntColumn() @NotPersonal('order of the list: a projection of the journal, at most a second behind') lastAt: number;
  @IntColumn({ nullable: true }) @NotPersonal('time of the first message that no reply follows') waitingSince:
    | number
    | null;
}

/**
 * Who takes part, and how far they have received and read. `participant` is `visitor`, a member id, or `team` for
 * members who read without taking part (cursor.repository.ts).
 */
@Table('chat_participant')
export class ParticipantEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') conversationId: string;
  @CodeColumn(40, { primary: true }) @NotPersonal('visitor, team or pseudonym of the member') participant: string;
  @IntColumn() @NotPersonal('seq up to which messages were received') delivered: number;
  @IntColumn() @NotPersonal('seq up to which messages were read') readSeq: number;
}
