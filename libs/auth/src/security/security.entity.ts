import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal, type PersonalFacets } from '@libs/privacy-core';

const common = {
  purposes: ['security'],
  log: 'never',
  export: 'include',
  erase: 'delete-row',
  retain: 'service-session',
  subject: 'subjectId',
} as const;

const seen: PersonalFacets = {
  ...{ ...common, kind: 'behaviour.activity', tier: 'T1', show: 'full' },
  store: { as: 'plain', why: 'a time that ends what is remembered by comparison' },
};
const device: PersonalFacets = {
  ...{ ...common, kind: 'network.user-agent', tier: 'T2', show: 'full' },
  store: { as: 'ciphertext', group: 'contact' },
};
const network: PersonalFacets = {
  ...{ ...common, kind: 'network.address', tier: 'T2', show: 'full' },
  store: { as: 'ciphertext', group: 'contact' },
};

/** A network or device that a login has signed in from: whatever is not among them is unusual (F-0107). */
@Table('auth_known_place')
export class KnownPlaceEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the platform tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('pseudonym of the login') loginId: string;
  @CodeColumn(16, { primary: true }) @NotPersonal('closed list') kind: 'network' | 'device';

  @CodeColumn(34, { primary: true })
  @Personal({
    ...{ ...common, kind: 'network.address', tier: 'T2', show: 'hidden', export: 'exclude-derived' },
    store: { as: 'blind-index', of: 'family_sealed', epoch: 'fixed' },
  })
  placeIndex: string;

  @IdColumn() @NotPersonal('pseudonym') subjectId: string;
  @BytesColumn({ nullable: true }) @Personal(device) familySealed: Buffer | null;
  @IntColumn() @Personal(seen) firstAt: number;
  @IntColumn() @Personal(seen) lastAt: number;
}

/** What happened to a login, for its owner to see (P-1012). */
@Table('auth_login_event')
export class LoginEventEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the platform tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('pseudonym of the login') loginId: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;
  @CodeColumn(24) @NotPersonal('closed list') kind: string;
  @IntColumn() @Personal(seen) at: number;
  @BytesColumn({ nullable: true }) @Personal(device) deviceSealed: Buffer | null;
  @BytesColumn({ nullable: true }) @Personal(network) networkSealed: Buffer | null;
  @IdColumn({ nullable: true }) @NotPersonal('session that began, a row of a workspace') sessionId: string | null;
}
