import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';

/** What is the same for every field of a profile. */
const PROFILE = { log: 'never', erase: 'delete-row', retain: 'profile', subject: 'subjectId' } as const;
/** The same for what search finds a field by. */
const INDEX = { ...PROFILE, show: 'hidden', export: 'exclude-derived' } as const;
/** Why a person is reached by number or address. */
const REACHABLE = ['customer-relations', 'marketing', 'subject-request'] as const;

/** A person outside the tenant, as crm knows them: five sealed fields, empty until somebody has a ground to fill them. */
@Table('crm_contact')
export class ContactEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;
  @IntColumn() @NotPersonal('time of the first conversation; falls with the row') createdAt: number;
  @IntColumn() @NotPersonal('time of the last edit; falls with the row') updatedAt: number;
  @IdColumn({ nullable: true })
  @NotPersonal('pseudonym of the member who edited it last; falls with the row')
  changedBy: string | null;
  @IntColumn() @NotPersonal('number of edits') version: number;
  @IntColumn() @NotPersonal('whether its search pieces are made; 0 has them made') pieces: number;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'identity.name',
    tier: 'T2',
    purposes: ['support-conversation', 'customer-relations', 'marketing', 'subject-request'],
    store: { as: 'ciphertext', group: 'identity' },
    show: 'mask-name',
    export: 'include',
    ...PROFILE,
  })
  name: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'contact.mobile',
    tier: 'T2',
    purposes: REACHABLE,
    store: { as: 'ciphertext', group: 'contact' },
    show: 'mask-mobile',
    export: 'include',
    ...PROFILE,
  })
  mobile: Buffer | null;

  @CodeColumn(34, { nullable: true })
  @Personal({
    kind: 'contact.mobile',
    tier: 'T2',
    purposes: REACHABLE,
    store: { as: 'blind-index', of: 'mobile', epoch: 'fixed' },
    ...INDEX,
  })
  mobileIndex: string | null;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'contact.email',
    tier: 'T2',
    purposes: REACHABLE,
    store: { as: 'ciphertext', group: 'contact' },
    show: 'mask-email',
    export: 'include',
    ...PROFILE,
  })
  email: Buffer | null;

  @CodeColumn(34, { nullable: true })
  @Personal({
    kind: 'contact.email',
    tier: 'T2',
    purposes: REACHABLE,
    store: { as: 'blind-index', of: 'email', epoch: 'fixed' },
    ...INDEX,
  })
  emailIndex: string | null;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'contact.social-handle',
    tier: 'T2',
    purposes: ['customer-relations', 'subject-request'],
    store: { as: 'ciphertext', group: 'contact' },
    show: 'mask-handle',
    export: 'include',
    ...PROFILE,
  })
  wechat: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'contact.address',
    tier: 'T3',
    purposes: ['customer-relations', 'subject-request'],
    store: { as: 'ciphertext', group: 'location' },
    show: 'mask-address',
    export: 'include',
    ...PROFILE,
  })
  address: Buffer | null;
}
