import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { type ConsentMethod, type ConsentType, type Decision, NotPersonal } from '@libs/privacy-core';

/** Evidence of one decision of a person about one scope (P-0101, P-0109). Append-only; `proof` seals all of it. */
@Table('privacy_consent_record')
export class ConsentRecordEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn()
  @NotPersonal('pseudonym; stays after erasure: evidence of what was agreed to and what was refused')
  subjectId: string;
  @CodeColumn(40) @NotPersonal('code of the purpose; empty where the scope has none') purpose: string;
  @CodeColumn(120) @NotPersonal('the one thing that was decided about') scope: string;
  @CodeColumn(16) @NotPersonal('closed list') type: ConsentType;
  @CodeColumn(16) @NotPersonal('closed list') decision: Decision;
  @IntColumn() @NotPersonal('version of the function; 0 for a no') version: number;
  @CodeColumn(64) @NotPersonal('hash of the notice that was shown') noticeHash: string;
  @IntColumn() @NotPersonal('version of the notice') noticeVersion: number;
  @CodeColumn(8) @NotPersonal('language of the notice') locale: string;
  @CodeColumn(64) @NotPersonal('screen where it was shown') screen: string;
  @CodeColumn(32) @NotPersonal('where it was shown') channel: string;
  @CodeColumn(16) @NotPersonal('closed list') method: ConsentMethod;
  @CodeColumn(80) @NotPersonal('visitor, guardian, or pseudonym of the member') actor: string;
  @IdColumn({ nullable: true }) @NotPersonal('inbox') inboxId: string | null;
  @CodeColumn(64) @NotPersonal('nonce of the act; makes a resend harmless') nonce: string;
  @IntColumn() @NotPersonal('when the person decided') decidedAt: number;
  @IntColumn() @NotPersonal('when it was recorded') recordedAt: number;
  @BytesColumn({ nullable: true })
  @NotPersonal('seal of the tenant over the row; null where it is older than seals')
  proof: Buffer | null;
}

/** A question to a person that waits for an answer. */
@Table('privacy_consent_ask')
export class ConsentAskEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('pseudonym; erasure deletes the row') subjectId: string;
  @CodeColumn(120) @NotPersonal('what is asked about') scope: string;
  @IdColumn() @NotPersonal('pseudonym of the member') askedBy: string;
  @IntColumn() @NotPersonal('time') askedAt: number;
  @IntColumn({ nullable: true }) @NotPersonal('time') answeredAt: number | null;
}

/** An erasure that waits for the end of its grace. */
@Table('privacy_erasure_task')
export class ErasureTaskEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn()
  @NotPersonal('pseudonym; stays after erasure: it is the proof that the erasure was asked for and done')
  subjectId: string;
  @CodeColumn(16) @NotPersonal('closed list') state: 'waiting' | 'running' | 'done' | 'cancelled';
  @IntColumn() @NotPersonal('time') queuedAt: number;
  @IntColumn() @NotPersonal('time') dueAt: number;
  @IntColumn({ nullable: true }) @NotPersonal('time') endedAt: number | null;
}
