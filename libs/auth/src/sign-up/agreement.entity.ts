import { CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** What must be agreed to before there is an account. */
export type AgreementKind = 'privacy-policy' | 'processing-terms' | 'adult';

/** One thing that the person of a login agreed to, with the text that was shown. A row of the platform tenant. */
@Table('auth_agreement')
export class AgreementEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the platform tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;
  @CodeColumn(24) @NotPersonal('closed list') kind: AgreementKind;
  @IntColumn() @NotPersonal('version of the text') version: number;
  @CodeColumn(64) @NotPersonal('hash of the text that was shown') textHash: string;
  @CodeColumn(8) @NotPersonal('language of the text') locale: string;
  @IntColumn() @NotPersonal('time of the agreement') agreedAt: number;
}
