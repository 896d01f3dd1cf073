import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';

/** What a person of the staff signs in with. A row of the platform tenant; a login may have members in many tenants. */
@Table('auth_login')
export class LoginEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the platform tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;

  @BytesColumn()
  @Personal({
    kind: 'contact.email',
    tier: 'T2',
    purposes: ['service-account', 'security'],
    store: { as: 'ciphertext', group: 'contact' },
    show: 'mask-email',
    log: 'never',
    export: 'include',
    erase: 'delete-row',
    retain: 'service-account',
    subject: 'subjectId',
  })
  emailSealed: Buffer;

  @CodeColumn(34)
  @Personal({
    kind: 'contact.email',
    tier: 'T2',
    purposes: ['service-account', 'security'],
    store: { as: 'blind-index', of: 'email_sealed', epoch: 'fixed' },
    show: 'hidden',
    log: 'never',
    export: 'exclude-derived',
    erase: 'delete-row',
    retain: 'service-account',
    subject: 'subjectId',
  })
  emailIndex: string;

  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'contact.mobile',
    tier: 'T2',
    purposes: ['service-account', 'security'],
    store: { as: 'ciphertext', group: 'contact' },
    show: 'mask-mobile',
    log: 'never',
    export: 'include',
    erase: 'delete-row',
    retain: 'service-account',
    subject: 'subjectId',
  })
  mobileSealed: Buffer | null;

  @CodeColumn(34, { nullable: true })
  @Personal({
    kind: 'contact.mobile',
    tier: 'T2',
    purposes: ['service-account', 'security'],
    store: { as: 'blind-index', of: 'mobile_sealed', epoch: 'fixed' },
    show: 'hidden',
    log: 'never',
    export: 'exclude-derived',
    erase: 'delete-row',
    retain: 'service-account',
    subject: 'subjectId',
  })
  mobileIndex: string | null;

  @IntColumn({ nullable: true })
  @NotPersonal('time when a code sent to the number came back; null while nobody has shown that it is theirs')
  mobileVerifiedAt: number | null;

  @CodeColumn(200)
  @Personal({
    kind: 'credential.secret',
    tier: 'T2',
    purposes: ['service-account', 'security'],
    store: { as: 'hash', why: 'argon2id with its own salt: compared, never read' },
    show: 'hidden',
    log: 'never',
    export: 'exclude-secret',
    erase: 'delete-row',
    retain: 'service-account',
    subject: 'subjectId',
  })
  secretHash: string;

  @IntColumn({ nullable: true })
  @NotPersonal('time since which somebody else may know the secret; its owner sets another one before anything else')
  secretSharedAt: number | null;

  @CodeColumn(16) @NotPersonal('closed list') state: 'active' | 'frozen';
  @IntColumn() @NotPersonal('time of creation of the account') createdAt: number;
}
