import { CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';
import { ACCOUNT } from '../account-facets.js';

/** A member has read who can see their work (P-0207): the record names the text by its hash. */
@Table('auth_notice_confirmation')
export class NoticeConfirmationEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('pseudonym of the member') memberId: string;
  @CodeColumn(32, { primary: true }) @NotPersonal('version of the notice') version: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;
  @CodeColumn(64) @NotPersonal('hash of the notice that was shown') hash: string;
  @CodeColumn(8) @NotPersonal('language of the notice') locale: string;

  @IntColumn()
  @Personal({
    kind: 'consent.evidence',
    tier: 'T1',
    purposes: ['service-account', 'legal-duty'],
    store: { as: 'plain', why: 'a time that proves that the member was told' },
    show: 'full',
    export: 'include',
    ...ACCOUNT,
  })
  confirmedAt: number;
}
