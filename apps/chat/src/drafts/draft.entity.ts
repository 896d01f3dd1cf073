import { BytesColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';
import { CONTENT } from '../stream/stream.entity.js';

/** What one member has written in a conversation and not sent; sealed like the conversation, under the visitor's key. */
@Table('chat_draft')
export class DraftEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') conversationId: string;
  @IdColumn({ primary: true }) @NotPersonal('pseudonym of the member') memberId: string;
  @IdColumn() @NotPersonal('pseudonym of the visitor') subjectId: string;
  @IntColumn() @NotPersonal('number of the change, by which two tabs learn of each other') version: number;
  @BytesColumn({ nullable: true }) @Personal({ ...CONTENT, kind: 'content.message' }) message: Buffer | null;
  @BytesColumn({ nullable: true }) @Personal({ ...CONTENT, kind: 'content.note' }) note: Buffer | null;
  @IntColumn() @NotPersonal('time of the commit') at: number;
}
