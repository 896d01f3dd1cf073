import { CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';

/**
 * What a contact is found by: a keyed token for each piece of its name and its WeChat id, written with the value and
 * gone with it. Time and id of the contact stand here so that the newest are found first.
 */
@Table('crm_contact_piece')
export class ContactPieceEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('pseudonym') subjectId: string;
  @CodeColumn(16, { primary: true }) @NotPersonal('closed list') field: string;

  @CodeColumn(34, { primary: true })
  @Personal({
    kind: 'identity.name',
    tier: 'T2',
    purposes: ['customer-relations', 'subject-request'],
    store: { as: 'hash', why: 'keyed token of a piece of crm_contact.name or .wechat; compared, never read' },
    show: 'hidden',
    log: 'never',
    export: 'exclude-derived',
    erase: 'delete-row',
    retain: 'profile',
    subject: 'subjectId',
  })
  token: string;

  @IdColumn() @NotPersonal('random id') contactId: string;
  @IntColumn() @NotPersonal('time of the first conversation; falls with the row') createdAt: number;
}
