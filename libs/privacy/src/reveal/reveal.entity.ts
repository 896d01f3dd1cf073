import { CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** The row that reveals of one member queue at, and when each alarm was raised last. */
@Table('privacy_reveal_guard')
export class RevealGuardEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('pseudonym of the member') memberId: string;
  @IntColumn({ nullable: true }) @NotPersonal('time of the last alarm about content') contentAlarmAt: number | null;
  @IntColumn({ nullable: true }) @NotPersonal('the same about transactions') transactionAlarmAt: number | null;
  @IntColumn({ nullable: true }) @NotPersonal('the same about everything else') otherAlarmAt: number | null;
}

/** Reveals of the last 24 hours, as numbers: who asked for how many values of which kind. */
@Table('privacy_reveal_take')
export class RevealTakeEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('pseudonym of the member') memberId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IntColumn() @NotPersonal('time; the row falls a day later') at: number;
  @CodeColumn(16) @NotPersonal('which alarm line it counts for, closed list') line: string;
  @IntColumn() @NotPersonal('how many values') shown: number;
  @IntColumn() @NotPersonal('1 where a second person had agreed') approved: number;
}
