import type { Database } from '@libs/database';
import {
  type ConsentScope,
  NOTICE_WORDS,
  noticeText,
  parseScope,
  type Register,
  textHash,
  versionOf,
} from '@libs/privacy-core';
import type { Notice } from './consent-act.js';

/** Texts that people decide about, in the name of the tenant. */
export class Notices {
  constructor(private readonly database: Database) {}

  /** The text in force; undefined for a scope the register does not know, or a language there is none in. */
  async of(tenantId: string, register: Register, scope: ConsentScope, locale: string): Promise<Notice | undefined> {
    if (!Object.hasOwn(NOTICE_WORDS, locale) || !parseScope(scope)) return undefined;
    const words = NOTICE_WORDS[locale as keyof typeof NOTICE_WORDS];
    const [tenant] = await this.database.reader.all<{ name: string }>('SELECT name FROM tenant_tenant WHERE id = ?', [
      tenantId,
    ]);
    const text = noticeText(register, scope, words, tenant?.name ?? '');
    if (text === undefined) return undefined;
    return { text, hash: textHash(text), version: versionOf(register, scope) };
  }
}
