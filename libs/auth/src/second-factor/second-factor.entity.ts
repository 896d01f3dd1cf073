import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal, type PersonalFacets } from '@libs/privacy-core';
import { ACCOUNT } from '../account-facets.js';

const used: PersonalFacets = {
  kind: 'behaviour.activity',
  tier: 'T1',
  purposes: ['security', 'service-account'],
  store: { as: 'plain', why: 'compared, so that a code counts once' },
  show: 'full',
  export: 'include',
  ...ACCOUNT,
};

/** The authenticator app of a login: offered, and confirmed with its first code. A row of the platform tenant. */
@Table('auth_second_factor')
export class SecondFactorEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the platform tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('pseudonym of the login') loginId: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;

  @BytesColumn()
  @Personal({
    kind: 'credential.secret',
    tier: 'T2',
    purposes: ['security'],
    store: { as: 'ciphertext', group: 'contact' },
    show: 'hidden',
    export: 'exclude-secret',
    ...ACCOUNT,
  })
  secretSealed: Buffer;

  @CodeColumn(16) @NotPersonal('closed list') state: 'offered' | 'confirmed';
  @IntColumn() @NotPersonal('number of the last 30 s that a code was taken for') lastStep: number;
  @IntColumn() @Personal(used) createdAt: number;
  @IntColumn({ nullable: true }) @Personal(used) confirmedAt: number | null;
}

/** A recovery code: its keyed hash only, and whether it was used. */
@Table('auth_recovery_code')
export class RecoveryCodeEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the platform tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('pseudonym of the login') loginId: string;
  @CodeColumn(34, { primary: true }) @NotPersonal('keyed hash of a random code') codeIndex: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;
  @IntColumn({ nullable: true }) @Personal(used) usedAt: number | null;
}
