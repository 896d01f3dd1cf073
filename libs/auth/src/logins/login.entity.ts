import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';
import { ACCOUNT, EMAIL_INDEX, MOBILE_INDEX, SEALED_EMAIL, SEALED_MOBILE } from '../account-facets.js';

/** What a person of the staff signs in with. A row of the platform tenant; a login may have members in many tenants. */
@Table('auth_login')
export class LoginEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the platform tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;

  @BytesColumn()
  @Personal(SEALED_EMAIL)
  emailSealed: Buffer;

  @CodeColumn(34)
  @Personal(EMAIL_INDEX)
  emailIndex: string;

  @IntColumn({ nullable: true })
  @NotPersonal('time when something sent to the address came back; null while nobody has shown that it is theirs')
  emailVerifiedAt: number | null;

  @BytesColumn({ nullable: true })
  @Personal(SEALED_MOBILE)
  mobileSealed: Buffer | null;

  @CodeColumn(34, { nullable: true })
  @Personal(MOBILE_INDEX)
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
    export: 'exclude-secret',
    ...ACCOUNT,
  })
  secretHash: string;

  @IntColumn({ nullable: true })
  @NotPersonal('time since which somebody else may know the secret; its owner sets another one before anything else')
  secretSharedAt: number | null;

  @IntColumn({ nullable: true })
  @NotPersonal('number of second steps that failed since the last one that did not')
  secondFailures: number | null;

  @IntColumn({ nullable: true })
  @NotPersonal('time until which no second step is looked at')
  secondLockedUntil: number | null;

  @CodeColumn(16) @NotPersonal('closed list') state: 'active' | 'frozen';
  @IntColumn() @NotPersonal('time of creation of the account') createdAt: number;
}
