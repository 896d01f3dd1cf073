import { IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** A person outside the tenant, as crm knows them: so far, that they are there. */
@Table('crm_contact')
export class ContactEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;
  @IntColumn() @NotPersonal('time of the first conversation; falls with the row') createdAt: number;
}
