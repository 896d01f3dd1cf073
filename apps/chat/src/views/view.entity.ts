import { BytesColumn, CodeColumn, IdColumn, IntColumn, LongTextColumn, Table } from '@libs/database';
import { JsonShape, NotPersonal, notPersonal, Personal } from '@libs/privacy-core';

const FILTER = {
  'inbox[]': notPersonal('id of an inbox'),
  'label[]': notPersonal('id of a label'),
  'state[]': notPersonal('closed list'),
  'assignee[]': notPersonal('pseudonym of a member, or a word in its place'),
  unread: notPersonal('yes or no'),
  waiting: notPersonal('a length of time'),
};

/** A list that a member keeps under a name of their own; nobody else sees it, and it goes with them. */
@Table('chat_view')
export class ViewEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('pseudonym of the member') memberId: string;
  @IdColumn() @NotPersonal('pseudonym of the member as a person') subjectId: string;

  @BytesColumn()
  @Personal({
    ...{ kind: 'behaviour.preference', tier: 'T1', purposes: ['service-account'], show: 'full', log: 'never' },
    ...{ store: { as: 'ciphertext', group: 'identity' }, export: 'include', erase: 'delete-row' },
    ...{ retain: 'service-account', subject: 'subjectId' },
  })
  nameSealed: Buffer;

  @CodeColumn(16) @NotPersonal('closed list') view: string;
  @CodeColumn(16) @NotPersonal('closed list') sort: string;
  @LongTextColumn() @JsonShape(FILTER) filter: string;
  @IntColumn() @NotPersonal('place among the others') position: number;
  @IntColumn() @NotPersonal('time') at: number;
}
