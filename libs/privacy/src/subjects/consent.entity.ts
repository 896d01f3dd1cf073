import { CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** Evidence of one decision of a person about one purpose (P-0101, P-0109). */
@Table('privacy_consent_record')
export class ConsentRecordEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;
  @CodeColumn(40) @NotPersonal('code of the purpose') purpose: string;
  @CodeColumn(16) @NotPersonal('closed list') decision: 'agree' | 'withdraw';
  @CodeColumn(64) @NotPersonal('hash of the notice that was shown') noticeHash: string;
  @IntColumn() @NotPersonal('version of the notice') noticeVersion: number;
  @CodeColumn(8) @NotPersonal('language of the notice') locale: string;
  @CodeColumn(32) @NotPersonal('where it was shown') channel: string;
  @IdColumn({ nullable: true }) @NotPersonal('inbox') inboxId: string | null;
  @CodeColumn(64) @NotPersonal('nonce of the consent slip; makes a resend harmless') nonce: string;
  @IntColumn() @NotPersonal('when the person decided') decidedAt: number;
  @IntColumn() @NotPersonal('when it was recorded') recordedAt: number;
}
