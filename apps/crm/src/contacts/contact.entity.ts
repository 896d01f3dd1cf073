import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';

/** A person outside the tenant, as crm knows them: five sealed fields, empty until somebody has a ground to fill them. */
@Table('crm_contact')
export class ContactEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;
  @IntColumn() @NotPersonal('time of the first conversation; falls with the row') createdAt: number;
  @IntColumn() @NotPersonal('time of the last edit; falls with the row') updatedAt: number;
  @IntColumn() @NotPersonal('number of edits') version: number;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'identity.name',
    tier: 'T2',
    purposes: ['support-conversation', 'customer-relations', 'marketing', 'subject-request'],
    store: { as: 'ciphertext', group: 'identity' },
    show: 'mask-name',
    log: 'never',
    export: 'include',
    erase: 'delete-row',
    retain: 'profile',
    subject: 'subjectId',
  })
  name: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'contact.mobile',
    tier: 'T2',
    purposes: ['customer-relations', 'marketing', 'subject-request'],
    store: { as: 'ciphertext', group: 'contact' },
    show: 'mask-mobile',
    log: 'never',
    export: 'include',
    erase: 'delete-row',
    retain: 'profile',
    subject: 'subjectId',
  })
  mobile: Buffer | null;

  @CodeColumn(34, { nullable: true })
  @Personal({
    kind: 'contact.mobile',
    tier: 'T2',
    purposes: ['customer-relations', 'marketing', 'subject-request'],
    store: { as: 'blind-index', of: 'mobile', epoch: 'fixed' },
    show: 'hidden',
    log: 'never',
    export: 'exclude-derived',
    erase: 'delete-row',
    retain: 'profile',
    subject: 'subjectId',
  })
  mobileIndex: string | null;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'contact.email',
    tier: 'T2',
    purposes: ['customer-relations', 'marketing', 'subject-request'],
    store: { as: 'ciphertext', group: 'contact' },
    show: 'mask-email',
    log: 'never',
    export: 'include',
    erase: 'delete-row',
    retain: 'profile',
    subject: 'subjectId',
  })
  email: Buffer | null;

  @CodeColumn(34, { nullable: true })
  @Personal({
    kind: 'contact.email',
    tier: 'T2',
    purposes: ['customer-relations', 'marketing', 'subject-request'],
    store: { as: 'blind-index', of: 'email', epoch: 'fixed' },
    show: 'hidden',
    log: 'never',
    export: 'exclude-derived',
    erase: 'delete-row',
    retain: 'profile',
    subject: 'subjectId',
  })
  emailIndex: string | null;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'contact.social-handle',
    tier: 'T2',
    purposes: ['customer-relations', 'subject-request'],
    store: { as: 'ciphertext', group: 'contact' },
    show: 'mask-handle',
    log: 'never',
    export: 'include',
    erase: 'delete-row',
    retain: 'profile',
    subject: 'subjectId',
  })
  wechat: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'contact.address',
    tier: 'T3',
    purposes: ['customer-relations', 'subject-request'],
    store: { as: 'ciphertext', group: 'location' },
    show: 'mask-address',
    log: 'never',
    export: 'include',
    erase: 'delete-row',
    retain: 'profile',
    subject: 'subjectId',
  })
  address: Buffer | null;
}
