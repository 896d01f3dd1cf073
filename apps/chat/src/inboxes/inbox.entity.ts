import { CodeColumn, IdColumn, IntColumn, LongTextColumn, Table, TextColumn } from '@libs/database';
import { JsonShape, NotPersonal, notPersonal } from '@libs/privacy-core';

const LOOK = {
  businessName: notPersonal('name of an organisation'),
  'theme.brand': notPersonal('a colour'),
  'theme.onBrand': notPersonal('a colour'),
  'theme.brandText': notPersonal('a colour'),
  'theme.mode': notPersonal('light, dark or as the device has it'),
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
