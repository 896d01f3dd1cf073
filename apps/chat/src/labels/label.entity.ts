import { CodeColumn, IdColumn, IntColumn, Table, TextColumn } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** A mark that a workspace puts on conversations. */
@Table('chat_label')
export class LabelEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @TextColumn(200) @NotPersonal('word of the tenant, the same for every conversation') name: string;
  @CodeColumn(64) @NotPersonal('hash of the name in one form, so that no two are alike') nameKey: string;
  @CodeColumn(16) @NotPersonal('closed list') colour: string;
  @IntColumn() @NotPersonal('place among the others') position: number;
  @IntColumn() @NotPersonal('1 = offered for no other conversation') archived: number;
  @IntColumn() @NotPersonal('time') createdAt: number;
}

/** A label on a conversation; goes with either. */
@Table('chat_conversation_label')
export class ConversationLabelEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') conversationId: string;
  @IdColumn({ primary: true }) @NotPersonal('id of a word of the tenant') labelId: string;
  @IntColumn() @NotPersonal('time') at: number;
}
