import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';
import type { StateKind } from './stream-items.js';

/** What a text of a conversation is. */
export const CONTENT = {
  tier: 'T3',
  purposes: ['support-conversation', 'subject-request'],
  store: { as: 'ciphertext', group: 'content' },
  show: 'full',
  log: 'never',
  export: 'include',
  erase: 'delete-row',
  retain: 'conversation',
  subject: 'subjectId',
} as const;

/** What the visitor may see, append-only; key (tenant, conversation, seq). The body belongs to the visitor's key. */
@Table('chat_message')
export class MessageEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') conversationId: string;
  @IntColumn({ primary: true }) @NotPersonal('place in the visible stream') seq: number;
  @IntColumn() @NotPersonal('place in the whole stream') revision: number;
  @IdColumn() @NotPersonal('pseudonym of the visitor') subjectId: string;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the member; null = the visitor wrote') authorId:
    | string
    | null;
  @CodeColumn(32) @NotPersonal('random id of a page load') senderId: string;
  @IntColumn() @NotPersonal('number of the send within its page load') sendNumber: number;
  @BytesColumn() @Personal({ ...CONTENT, kind: 'content.message' }) body: Buffer;
  @IntColumn() @NotPersonal('time of the commit') at: number;
}

type ChangeKind = 'note' | StateKind;

/** Everything else that happens in a conversation: notes and state; key (tenant, conversation, revision). */
@Table('chat_change')
export class ChangeEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') conversationId: string;
  @IntColumn({ primary: true }) @NotPersonal('place in the whole stream') revision: number;
  @IntColumn({ nullable: true }) @NotPersonal('place in the visible stream, where visible') seq: number | null;
  @IdColumn() @NotPersonal('pseudonym of the visitor') subjectId: string;
  @CodeColumn(16) @NotPersonal('closed list') kind: ChangeKind;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the member; null = the system') authorId: string | null;
  @CodeColumn(32, { nullable: true }) @NotPersonal('random id of a page load') senderId: string | null;
  @IntColumn({ nullable: true }) @NotPersonal('number of the send') sendNumber: number | null;
  @BytesColumn({ nullable: true }) @Personal({ ...CONTENT, kind: 'content.note' }) body: Buffer | null;
  @IntColumn() @NotPersonal('time of the commit') at: number;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the member whom a hand-over is about') memberId:
    | string
    | null;
  @IntColumn({ nullable: true }) @NotPersonal('until when it was snoozed') snoozedUntil: number | null;
}

/** One page load that wrote into a conversation; its last number is its newest row (decision 0001). */
@Table('chat_sender')
export class SenderEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') conversationId: string;
  @CodeColumn(32, { primary: true }) @NotPersonal('random id of a page load') senderId: string;
  @CodeColumn(40) @NotPersonal('visitor or pseudonym of the member') participant: string;
  @IntColumn() @NotPersonal('its messages have a higher seq') sinceSeq: number;
  @IntColumn() @NotPersonal('its notes have a higher revision') sinceRevision: number;
  @IntColumn() @NotPersonal('time of the first send') at: number;
}
