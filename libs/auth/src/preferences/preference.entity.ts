import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';
import { ACCOUNT } from '../account-facets.js';

/** What a member has set for itself; sealed as one, because nothing is ever looked for in it. */
@Table('auth_preference')
export class PreferenceEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id of the member') memberId: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;

  @BytesColumn()
  @Personal({
    ...{ ...ACCOUNT, kind: 'behaviour.preference', tier: 'T1', purposes: ['service-account'] },
    ...{ store: { as: 'ciphertext', group: 'identity' }, show: 'full', export: 'include' },
  })
  settingsSealed: Buffer;

  @IntColumn() @NotPersonal('counts the edits, so that two at once are told apart') version: number;
  @CodeColumn(300) @NotPersonal('which edit changed which setting last: names and numbers') edited: string;
  @IntColumn() @NotPersonal('time of the last edit') updatedAt: number;
}
