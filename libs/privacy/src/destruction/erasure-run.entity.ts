import { CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** One eraser that has done its part for one person. */
@Table('privacy_erasure_run')
export class ErasureRunEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true })
  @NotPersonal('pseudonym; stays after erasure: it says which erasers have run for the person')
  subjectId: string;
  @CodeColumn(40, { primary: true }) @NotPersonal('name of the eraser, closed list') eraser: string;
  @IntColumn() @NotPersonal('time') at: number;
}
