import { CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal, type PersonalFacets } from '@libs/privacy-core';

const seen: PersonalFacets = {
  kind: 'behaviour.activity',
  tier: 'T1',
  purposes: ['security', 'service-account'],
  store: { as: 'plain', why: 'a time that ends idle sessions by comparison' },
  show: 'full',
  log: 'never',
  export: 'include',
  erase: 'delete-row',
  retain: 'service-session',
  subject: 'subjectId',
};

/** A member who is signed in on one browser. The token lives in the cookie only; here is its keyed index. */
@Table('auth_session')
export class AgentSessionEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('pseudonym of the member') memberId: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;
  @CodeColumn(34) @NotPersonal('keyed index of a random token') tokenIndex: string;
  @IntColumn() @Personal(seen) createdAt: number;
  @IntColumn() @Personal(seen) lastSeenAt: number;
  @IntColumn() @NotPersonal('creation plus the longest life of a session') expiresAt: number;
  @IntColumn({ nullable: true }) @Personal(seen) revokedAt: number | null;
}
