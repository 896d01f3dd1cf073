import type { CannedLocale } from '@libs/contracts';
import { BytesColumn, CodeColumn, IdColumn, IntColumn, LongTextColumn, Table, TextColumn } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';

/** A text of the workspace for all who answer. */
@Table('chat_canned_response')
export class CannedResponseEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @TextColumn(64) @NotPersonal('word chosen by the workspace') shortcut: string;
  @TextColumn() @NotPersonal('title chosen by the workspace') title: string;
  @LongTextColumn()
  @NotPersonal('text of the workspace for everybody who writes to it; people stand in it as variables')
  text: string;
  @CodeColumn(8, { nullable: true }) @NotPersonal('closed list') locale: CannedLocale | null;
  @IntColumn() @NotPersonal('place in the list') position: number;
  @IntColumn() @NotPersonal('number of the change') version: number;
  @IntColumn() @NotPersonal('time') updatedAt: number;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the member who wrote it last') changedBy: string | null;
}

/** What a member has written for itself: sealed under the member's key, gone with the membership. */
const OWN = {
  kind: 'content.note',
  tier: 'T2',
  purposes: ['service-account'],
  store: { as: 'ciphertext', group: 'identity' },
  show: 'full',
  log: 'never',
  export: 'include',
  erase: 'delete-row',
  retain: 'service-account',
  subject: 'subjectId',
} as const;

/** A text of one member, which nobody else reads. */
@Table('chat_own_response')
export class OwnResponseEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('pseudonym of the member') memberId: string;
  @IdColumn() @NotPersonal('pseudonym of the person') subjectId: string;
  @BytesColumn() @Personal(OWN) shortcut: Buffer;
  @BytesColumn() @Personal(OWN) title: Buffer;
  @BytesColumn() @Personal(OWN) text: Buffer;
  @CodeColumn(8, { nullable: true }) @NotPersonal('closed list') locale: CannedLocale | null;
  @IntColumn() @NotPersonal('place in the list') position: number;
  @IntColumn() @NotPersonal('number of the change') version: number;
  @IntColumn() @NotPersonal('time; falls with the row') updatedAt: number;
}
