import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';
import { ACCOUNT } from '../account-facets.js';
import type { MemberRole } from './roles.js';

/** A person of the staff inside one tenant. Ending a tenant ends its members, never their logins. */
@Table('auth_member')
export class MemberEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;
  @IdColumn() @NotPersonal('random id of the login, a row of the platform tenant') loginId: string;
  @CodeColumn(24) @NotPersonal('closed list') role: MemberRole;

  @BytesColumn()
  @Personal({
    kind: 'identity.nickname',
    tier: 'T2',
    purposes: ['service-account', 'support-conversation'],
    store: { as: 'ciphertext', group: 'identity' },
    show: 'full',
    export: 'include',
    ...ACCOUNT,
  })
  displayNameSealed: Buffer;

  @CodeColumn(16) @NotPersonal('closed list') state: 'active' | 'disabled';
  @IntColumn() @NotPersonal('time of creation of the membership') createdAt: number;
  @IntColumn() @NotPersonal('number of changes') version: number;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the member who changed role or state last') changedBy:
    | string
    | null;
  @IntColumn({ nullable: true }) @NotPersonal('when that was') changedAt: number | null;
}
