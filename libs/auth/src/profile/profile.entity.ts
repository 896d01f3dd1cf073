import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';
import { ACCOUNT } from '../account-facets.js';

/** What is the same for every field of a profile, by the key that seals it. */
const FIELD = { ...ACCOUNT, purposes: ['service-account'], export: 'include' } as const;
const IDENTITY = { ...FIELD, store: { as: 'ciphertext', group: 'identity' } } as const;
const CONTACT = { ...FIELD, store: { as: 'ciphertext', group: 'contact' } } as const;

/** What a member says about itself, all of it optional (F-0104); the display name lies with the member. */
@Table('auth_profile')
export class ProfileEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id of the member') memberId: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;

  @BytesColumn({ nullable: true })
  @Personal({
    ...{ ...IDENTITY, kind: 'identity.nickname', tier: 'T1', show: 'full' },
    purposes: ['service-account', 'support-conversation'],
  })
  nicknameSealed: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({ ...IDENTITY, kind: 'identity.name', tier: 'T2', show: 'mask-name' })
  realNameSealed: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({ ...CONTACT, kind: 'contact.mobile', tier: 'T2', show: 'mask-mobile' })
  telephoneSealed: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({ ...CONTACT, kind: 'contact.mobile', tier: 'T2', show: 'mask-mobile' })
  faxSealed: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({ ...CONTACT, kind: 'contact.address', tier: 'T2', show: 'mask-address' })
  contactAddressSealed: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({ ...CONTACT, kind: 'contact.address', tier: 'T1', show: 'full' })
  regionSealed: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({ ...IDENTITY, kind: 'behaviour.activity', tier: 'T1', show: 'full' })
  positionSealed: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({ ...IDENTITY, kind: 'behaviour.preference', tier: 'T1', show: 'full' })
  interestSealed: Buffer | null;

  @IntColumn() @NotPersonal('counts the edits, so that two at once are told apart') version: number;
  @CodeColumn(300) @NotPersonal('which edit changed which field last: names and numbers') edited: string;
  @IntColumn() @NotPersonal('time of the last edit') updatedAt: number;
}
