import type { Config } from '@libs/config';
import type { InboxDetail, InboxNoticeDraft, InboxSecret, InboxSummary } from '@libs/contracts';
import { DATABASE, type Database } from '@libs/database';
import { CONFIG } from '@libs/http';
import { CLOCK, type Clock } from '@libs/kernel';
import { RegisterBook } from '@libs/privacy';
import type { Register } from '@libs/privacy-core';
import { Inject, Injectable } from '@nestjs/common';
import { liveSecrets } from '../identity/secret-rows.js';
import { inboxErrors } from './inbox.errors.js';
import type { NoticeText } from './inbox-admin.js';
import { publicSettings } from './inbox-directory.js';
import { inboxNotice } from './inbox-notice-text.js';
import { shownOrigin } from './inbox-origins.js';
import { gapsOf, type InboxRecord, noticeVersionOf, readInbox, readInboxes } from './inbox-rows.js';
import { choiceOf } from './inbox-settings.js';

/** Inboxes as the console shows them. */
@Injectable()
export class InboxViews {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly registers: RegisterBook,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(tenantId: string): Promise<readonly InboxSummary[]> {
    return (await readInboxes(this.database.reader, tenantId)).map(summaryOf);
  }

  async show(tenantId: string, id: string): Promise<InboxDetail> {
    const record = await readInbox(this.database.reader, tenantId, id);
    if (!record) throw inboxErrors.notFound();
    const { register } = await this.registers.load(tenantId);
    const secrets = await liveSecrets(this.database.reader, tenantId, id, this.clock.now());
    return this.detail(record, register, secrets);
  }

  /** The notice that publishing would make, in each language of the inbox. */
  async drafts(tenantId: string, record: InboxRecord): Promise<InboxNoticeDraft> {
    return draftsOf(record, (await this.registers.load(tenantId)).register);
  }

  private detail(record: InboxRecord, register: Register, secrets: readonly InboxSecret[]): InboxDetail {
    const { look } = record;
    const { publicOrigin } = this.config.server;
    return {
      ...summaryOf(record),
      look: choiceOf(look),
      locales: look.locales,
      greeting: look.greeting,
      phone: look.phone,
      businessName: look.businessName,
      businessContact: record.contact,
      complaintContact: record.complaintContact,
      attestedAt: record.attestedAt,
      notice: draftsOf(record, register),
      identityMode: record.identityMode,
      secrets,
      settings: publicSettings(record),
      hostedUrl: `${publicOrigin}/c/${record.key}`,
      widgetOrigin: publicOrigin,
    };
  }
}

function summaryOf(record: InboxRecord): InboxSummary {
  const { id, key, name, state, version, look } = record;
  return {
    ...{ id, key, name, state, version },
    origins: record.origins.map(shownOrigin),
    brand: look.theme.brand,
    noticeVersion: noticeVersionOf(record),
    missing: gapsOf(record),
  };
}

function draftsOf(record: InboxRecord, register: Register): InboxNoticeDraft {
  const { look, contact, complaintContact } = record;
  const who = { name: look.businessName, contact, complaints: complaintContact || contact };
  const made = record.look.locales.map((locale) => [locale, inboxNotice(register, locale, who)] as const);
  const notices = Object.fromEntries(
    made.filter((pair): pair is [(typeof pair)[0], NoticeText] => pair[1] !== undefined),
  );
  const isPublished = Object.entries(notices).every(
    ([locale, text]) => record.notices[locale] && says(record.notices[locale], text),
  );
  return { notices, isPublished: isPublished && made.length > 0 };
}

function says(published: NoticeText, draft: NoticeText): boolean {
  const facts = ['controller', 'purpose', 'dataKinds', 'retention', 'rights', 'complaints', 'fullText'] as const;
  return facts.every((fact) => published[fact] === draft[fact]);
}
