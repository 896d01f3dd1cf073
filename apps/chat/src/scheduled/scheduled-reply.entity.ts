import type { ScheduledRefusal } from '@libs/contracts';
import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';
import { CONTENT } from '../stream/stream.entity.js';

/**
 * A reply that goes out later, sealed like the conversation under the visitor's key. The row is gone once it was sent or
 * cancelled; one that could not go out stays with its reason.
 */
@Table('chat_scheduled_reply')
export class ScheduledReplyEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id; without its dashes the sender id of the message') id: string;
  @IdColumn() @NotPersonal('random id') conversationId: string;
  @IdColumn() @NotPersonal('pseudonym of the visitor') subjectId: string;
  @IdColumn() @NotPersonal('pseudonym of the member') authorId: string;
  @BytesColumn() @Personal({ ...CONTENT, kind: 'content.message' }) body: Buffer;
  @IntColumn() @NotPersonal('when it goes out') dueAt: number;
  @IntColumn() @NotPersonal('place in the visible stream when it was scheduled') baseSeq: number;
  @IntColumn() @NotPersonal('number of the change, by which two tabs learn of each other') version: number;
  @CodeColumn(16) @NotPersonal('closed list') state: 'pending' | 'refused';
  @CodeColumn(32, { nullable: true })
  @NotPersonal('closed list: why it did not go out')
  refusal: ScheduledRefusal | null;
  @IntColumn() @NotPersonal('time of the last change') at: number;
}
