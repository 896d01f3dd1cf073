import type { InboxSettings, Notice } from '@libs/contracts';
import { type Database, inboxByPublicKey } from '@libs/database';
import { Lru } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';

/** Look and words of an inbox: the closed schema of `chat_inbox.look`. */
export interface InboxLook {
  readonly businessName: string;
  readonly theme: InboxSettings['theme'];
  readonly locales: InboxSettings['locales'];
  readonly greeting: Readonly<Record<string, string>>;
  readonly phone: string;
}

/** An inbox in use, with everything a visitor's door needs. */
export interface Inbox {
  readonly tenantId: string;
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** Exact origins that may embed the widget. */
  readonly origins: readonly string[];
  readonly look: InboxLook;
  /** The notice in force, by language. */
  readonly notices: Readonly<Record<string, Notice>>;
}

interface InboxRow {
  readonly tenant_id: string;
  readonly id: string;
  readonly public_key: string;
  readonly name: string;
  readonly origins: string;
  readonly look: string;
  readonly active: number;
}

interface NoticeRow {
  readonly version: number | string;
  readonly locale: string;
  readonly hash: string;
  readonly body: string;
}

/** Inboxes by their public key, cached until the feed names the inbox (`origin`). */
export class InboxDirectory {
  private readonly byKey = new Lru<string, Promise<Inbox | undefined>>(10_000);

  constructor(private readonly database: Database) {}

  /** The inbox of `key`, undefined for an unknown or switched-off one. */
  find(key: string): Promise<Inbox | undefined> {
    if (!/^[A-Za-z0-9_-]{8,32}$/.test(key)) return Promise.resolve(undefined);
    let loading = this.byKey.get(key);
    if (!loading) {
      loading = this.load(key);
      loading.then(
        (inbox) => inbox || this.byKey.delete(key),
        () => this.byKey.delete(key),
      );
      this.byKey.set(key, loading);
    }
    return loading;
  }

  /** Forgets all inboxes: they are few, and a change of origins must not wait. */
  drop(): void {
    this.byKey.clear();
  }

  private async load(key: string): Promise<Inbox | undefined> {
    const [row] = await this.database.reader.all<InboxRow>(inboxByPublicKey, [key]);
    if (!row || Number(row.active) !== 1) return undefined;
    const tenantId = row.tenant_id;
    const system = { tenantId, actor: { kind: 'system', id: 'inbox-directory' }, correlationId: row.id } as const;
    const notices = await runInTenant(system, () =>
      this.database.reader.all<NoticeRow>(
        'SELECT version, locale, hash, body FROM chat_notice WHERE tenant_id = ? AND inbox_id = ? ORDER BY version',
        [tenantId, row.id],
      ),
    );
    return {
      tenantId,
      id: row.id,
      key: row.public_key,
      name: row.name,
      origins: row.origins.split('\n').filter(Boolean),
      look: JSON.parse(row.look) as InboxLook,
      notices: inForce(notices),
    };
  }
}

/** The newest version of each language; rows come in ascending order. */
function inForce(rows: readonly NoticeRow[]): Record<string, Notice> {
  const newest: Record<string, Notice> = {};
  for (const row of rows) {
    newest[row.locale] = { ...(JSON.parse(row.body) as Notice), version: Number(row.version), hash: row.hash };
  }
  return newest;
}

/** What `GET /widget/inboxes/<key>.json` answers: the same for every visitor. */
export function publicSettings(inbox: Inbox): InboxSettings {
  const { businessName, theme, locales, greeting, phone } = inbox.look;
  return { inbox: inbox.key, businessName, theme, locales, greeting, phone, notice: inbox.notices };
}
