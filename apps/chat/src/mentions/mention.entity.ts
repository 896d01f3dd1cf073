import { IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** Whom a note names (decision 0011). Falls with the conversation; a member who left stays as a pseudonym. */
@Table('chat_mention')
export class MentionEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') conversationId: string;
  @IntColumn({ primary: true }) @NotPersonal('place of the note in the whole stream') revision: number;
  @IdColumn({ primary: true }) @NotPersonal('pseudonym of the member who is named') memberId: string;
  @IdColumn() @NotPersonal('pseudonym of the member who wrote the note') authorId: string;
  @IntColumn() @NotPersonal('time of the commit') at: number;
  @IntColumn({ nullable: true }) @NotPersonal('when the one who is named had read it') readAt: number | null;
}
