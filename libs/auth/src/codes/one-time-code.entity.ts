import { CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';

/**
 * A code that was sent by text message: one per number and purpose, the next one takes its place. A row of the platform
 * tenant, for five minutes, whether or not anybody has that number.
 */
@Table('auth_code')
export class OneTimeCodeEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the platform tenant') tenantId: string;

  @CodeColumn(34, { primary: true })
  @Personal({
    kind: 'contact.mobile',
    tier: 'T2',
    purposes: ['service-account', 'security'],
    store: { as: 'hash', why: 'keyed index of the number that a code went to; compared, never read' },
    show: 'hidden',
    log: 'never',
    export: 'exclude-derived',
    erase: 'delete-row',
    retain: 'service-session',
    subject: 'subjectId',
  })
  numberIndex: string;

  @CodeColumn(16, { primary: true }) @NotPersonal('closed list') purpose: string;
  @IdColumn() @NotPersonal('random id') id: string;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym, where a login has that number') subjectId: string | null;
  @CodeColumn(34) @NotPersonal('keyed hash of a random code') codeIndex: string;
  @IntColumn() @NotPersonal('number of wrong tries') tries: number;
  @IntColumn() @NotPersonal('time of sending of a code that lives five minutes') createdAt: number;
  @IntColumn() @NotPersonal('time of sending plus five minutes') expiresAt: number;
  @IntColumn({ nullable: true }) @NotPersonal('time of taking') takenAt: number | null;
}

/** How often something was asked for in one hour or day. Nobody's row: what is counted is a keyed hash, and goes with the day. */
@Table('auth_request_count')
export class RequestCountEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the platform tenant') tenantId: string;
  @CodeColumn(34, { primary: true })
  @NotPersonal('keyed hash of what is counted together with what was asked for')
  counted: string;
  @IntColumn({ primary: true }) @NotPersonal('begin of the hour or day') since: number;
  @IntColumn() @NotPersonal('a number of requests') used: number;
  @IntColumn() @NotPersonal('end of the hour or day') until: number;
}
