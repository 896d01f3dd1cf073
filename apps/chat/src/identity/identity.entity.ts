import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';

/** What the embedding site says of a person goes with the conversation in which it was said. */
const SAID = {
  log: 'never',
  export: 'include',
  erase: 'delete-row',
  retain: 'conversation',
  subject: 'subjectId',
} as const;

/** A secret with which the embedding site signs who its visitors are. */
@Table('chat_inbox_secret')
export class InboxSecretEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('id of the inbox') inboxId: string;
  @BytesColumn() @NotPersonal('random secret of an organisation, sealed under a key of the tenant') sealed: Buffer;
  @IntColumn() @NotPersonal('time') createdAt: number;
  @IntColumn({ nullable: true }) @NotPersonal('time') expiresAt: number | null;
}

/** A statement that was used: keyed index of its random id, until it would have expired by itself. */
@Table('chat_identity_use')
export class IdentityUseEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @CodeColumn(64, { primary: true }) @NotPersonal('keyed index of a random id; names nobody') useIndex: string;
  @IdColumn() @NotPersonal('id of the inbox') inboxId: string;
  @IntColumn() @NotPersonal('time') expiresAt: number;
}

/** Whom the embedding site took a visitor for, in one conversation. Another one of the same name is linked, not merged. */
@Table('chat_identified_visitor')
export class IdentifiedVisitorEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('id of the inbox') inboxId: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;

  @CodeColumn(64)
  @Personal({
    ...{ kind: 'identity.subject-id', tier: 'T2', purposes: ['support-conversation', 'subject-request'] },
    store: { as: 'blind-index', of: 'site_name', epoch: 'fixed' },
    ...{ ...SAID, show: 'hidden', export: 'exclude-derived' },
  })
  nameIndex: string;

  @BytesColumn()
  @Personal({
    ...{ kind: 'identity.subject-id', tier: 'T2', purposes: ['support-conversation', 'subject-request'] },
    ...{ store: { as: 'ciphertext', group: 'identity' }, show: 'mask-handle', ...SAID },
  })
  siteName: Buffer;

  @BytesColumn({ nullable: true })
  @Personal({
    ...{ kind: 'identity.name', tier: 'T2', purposes: ['support-conversation', 'subject-request'] },
    ...{ store: { as: 'ciphertext', group: 'identity' }, show: 'mask-name', ...SAID },
  })
  name: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({
    ...{ kind: 'contact.mobile', tier: 'T2', purposes: ['customer-relations', 'subject-request'] },
    ...{ store: { as: 'ciphertext', group: 'contact' }, show: 'mask-mobile', ...SAID },
  })
  mobile: Buffer | null;

  @BytesColumn({ nullable: true })
  @Personal({
    ...{ kind: 'contact.email', tier: 'T2', purposes: ['customer-relations', 'subject-request'] },
    ...{ store: { as: 'ciphertext', group: 'contact' }, show: 'mask-email', ...SAID },
  })
  email: Buffer | null;

  @IdColumn({ nullable: true }) @NotPersonal('id of the link to the one named before') linkId: string | null;
  @IntColumn() @NotPersonal('time; falls with the row') at: number;
}
