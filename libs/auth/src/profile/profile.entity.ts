import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';

/** What a member says about itself, all of it optional (F-0104); the display name lies with the member. */
@Table('auth_profile')
export class ProfileEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id of the member') memberId: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'identity.nickname',
    tier: 'T1',
    purposes: ['service-account', 'support-conversation'],
    store: { as: 'ciphertext', group: 'identity' },
    show: 'full',
    log: 'never',
    export: 'include',
    erase: 'delete-row',
    retain: 'service-account',
    subject: 'subjectId',
  })
  nicknameSealed: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'identity.name',
    tier: 'T2',
    purposes: ['service-account'],
    store: { as: 'ciphertext', group: 'identity' },
    show: 'mask-name',
    log: 'never',
    export: 'include',
    erase: 'delete-row',
    retain: 'service-account',
    subject: 'subjectId',
  })
  realNameSealed: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'contact.mobile',
    tier: 'T2',
    purposes: ['service-account'],
    store: { as: 'ciphertext', group: 'contact' },
    show: 'mask-mobile',
    log: 'never',
    export: 'include',
    erase: 'delete-row',
    retain: 'service-account',
    subject: 'subjectId',
  })
  telephoneSealed: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'contact.mobile',
    tier: 'T2',
    purposes: ['service-account'],
    store: { as: 'ciphertext', group: 'contact' },
    show: 'mask-mobile',
    log: 'never',
    export: 'include',
    erase: 'delete-row',
    retain: 'service-account',
    subject: 'subjectId',
  })
  faxSealed: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'contact.address',
    tier: 'T2',
    purposes: ['service-account'],
    store: { as: 'ciphertext', group: 'contact' },
    show: 'mask-address',
    log: 'never',
    export: 'include',
    erase: 'delete-row',
    retain: 'service-account',
    subject: 'subjectId',
  })
  contactAddressSealed: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'contact.address',
    tier: 'T1',
    purposes: ['service-account'],
    store: { as: 'ciphertext', group: 'contact' },
    show: 'full',
    log: 'never',
    export: 'include',
    erase: 'delete-row',
    retain: 'service-account',
    subject: 'subjectId',
  })
  regionSealed: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'behaviour.activity',
    tier: 'T1',
    purposes: ['service-account'],
    store: { as: 'ciphertext', group: 'identity' },
    show: 'full',
    log: 'never',
    export: 'include',
    erase: 'delete-row',
    retain: 'service-account',
    subject: 'subjectId',
  })
  positionSealed: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'behaviour.preference',
    tier: 'T1',
    purposes: ['service-account'],
    store: { as: 'ciphertext', group: 'identity' },
    show: 'full',
    log: 'never',
    export: 'include',
    erase: 'delete-row',
    retain: 'service-account',
    subject: 'subjectId',
  })
  interestSealed: Buffer | null;

  @IntColumn() @NotPersonal('counts the edits, so that two at once are told apart') version: number;
  @CodeColumn(300) @NotPersonal('which edit changed which field last: names and numbers') edited: string;
  @IntColumn() @NotPersonal('time of the last edit') updatedAt: number;
}
