import { CodeColumn, IdColumn, IntColumn, LongTextColumn, Table, TextColumn } from '@libs/database';
import { JsonShape, NotPersonal, notPersonal } from '@libs/privacy-core';

const LOOK = {
  businessName: notPersonal('name of an organisation'),
  'businessNames.*': notPersonal('name of an organisation, by language'),
  'theme.brand': notPersonal('a colour'),
  'theme.onBrand': notPersonal('a colour'),
  'theme.brandText': notPersonal('a colour'),
  'theme.brandTextDark': notPersonal('a colour'),
  'theme.mode': notPersonal('light, dark or as the device has it'),
  'chosen.brand': notPersonal('a colour'),
  'chosen.contrast': notPersonal('closed list'),
  'place.side': notPersonal('closed list'),
  'place.x': notPersonal('a distance'),
  'place.y': notPersonal('a distance'),
  'locales[]': notPersonal('a language'),
  'greeting.*': notPersonal('words of the tenant, the same for every visitor'),
  phone: notPersonal('telephone of an organisation'),
};

const NOTICE = {
  controller: notPersonal('name of an organisation'),
  purpose: notPersonal('published text'),
  dataKinds: notPersonal('published text'),
  retention: notPersonal('published text'),
  rights: notPersonal('published text'),
  complaints: notPersonal('published text'),
  fullText: notPersonal('published text'),
};

/** A configured entry point (接待渠道). `publicKey` stands in the snippet. */
@Table('chat_inbox')
export class InboxEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @CodeColumn(32) @NotPersonal('public key in the snippet') publicKey: string;
  @TextColumn(200) @NotPersonal('name chosen by the tenant') name: string;
  @LongTextColumn() @NotPersonal('addresses of the tenant’s sites, one a line') origins: string;
  @LongTextColumn() @JsonShape(LOOK) look: string;
  @IntColumn() @NotPersonal('1 = in use') active: number;
  @IntColumn() @NotPersonal('number of changes') version: number;
  @IntColumn() @NotPersonal('time') createdAt: number;
  @IntColumn({ nullable: true }) @NotPersonal('time') endedAt: number | null;
  @IntColumn({ nullable: true }) @NotPersonal('time of the attestation (P-0203)') attestedAt: number | null;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the member who attested') attestedBy: string | null;
  @CodeColumn(16) @NotPersonal('closed list') identityMode: string;
  @TextColumn(200) @NotPersonal('where an organisation is reached') businessContact: string;
  @TextColumn(200) @NotPersonal('where an organisation takes complaints') complaintContact: string;
}

/** One change of an inbox: its history, and what tells an editor what somebody else changed meanwhile. */
@Table('chat_inbox_change')
export class InboxChangeEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('id of the inbox') inboxId: string;
  @IntColumn({ primary: true }) @NotPersonal('version that it made') version: number;
  @CodeColumn(200) @NotPersonal('names of settings') fields: string;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the member; stays with the journal') memberId: string | null;
  @IntColumn() @NotPersonal('time') at: number;
}

/** A notice as it was shown, in one language; kept as evidence for the consents that name its hash. */
@Table('chat_notice')
export class NoticeEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('id of the inbox') inboxId: string;
  @IntColumn({ primary: true }) @NotPersonal('number of the version') version: number;
  @CodeColumn(8, { primary: true }) @NotPersonal('language') locale: string;
  @CodeColumn(64) @NotPersonal('hash of the text') hash: string;
  @LongTextColumn() @JsonShape(NOTICE) body: string;
  @IntColumn() @NotPersonal('time of publication') at: number;
}
