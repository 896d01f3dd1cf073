import { CodeColumn, IdColumn, IntColumn, LongTextColumn, Table, TextColumn } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** A configured entry point (接待渠道). `publicKey` stands in the snippet. */
@Table('chat_inbox')
export class InboxEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @CodeColumn(32) @NotPersonal('public key in the snippet') publicKey: string;
  @TextColumn(200) @NotPersonal('name chosen by the tenant') name: string;
  @LongTextColumn() @NotPersonal('addresses of the tenant’s sites, one a line') origins: string;
  @LongTextColumn() @NotPersonal('look and words, closed schema InboxLook') look: string;
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
  @LongTextColumn() @NotPersonal('the published text, closed schema NoticeText') body: string;
  @IntColumn() @NotPersonal('time of publication') at: number;
}
