import type { BrandContrast, IdentityMode, InboxSettings, Notice } from '@libs/contracts';
import { type Database, inboxByPublicKey } from '@libs/database';
import { Lru } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
import { LineLimiter } from '../messages/line-limiter.js';
import type { Rate } from '../messages/token-buckets.js';

/** Look and words of an inbox: the closed schema of `chat_inbox.look`. */
export interface InboxLook {
  readonly businessName: string;
  readonly businessNames?: NonNullable<InboxSettings['businessNames']>;
  readonly theme: InboxSettings['theme'];
  /** What the tenant chose before contrast was seen to. */
  readonly chosen?: { readonly brand: string; readonly contrast: BrandContrast };
  readonly place?: InboxSettings['place'];
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
  /** Whether the embedding site says who its visitors are. */
  readonly identity: IdentityMode;
}

interface InboxRow {
  readonly tenant_id: string;
  readonly id: string;
  readonly public_key: string;
  readonly name: string;
  readonly origins: string;
  readonly look: string;
  readonly active: number;
  readonly identity_mode: IdentityMode;
}

/** A stored notice. */
export interface NoticeRow {
  readonly version: number | string;
  readonly locale: string;
  readonly hash: string;
  readonly body: string;
}

/** What a key looks like; nothing else is looked for. */
const KEY = /^[A-Za-z0-9_-]{8,32}$/;
/** How long a key is remembered that names no inbox. */
const UNKNOWN_MS = 10_000;
/** Unknown keys of one client's line that are looked for in the database. */
const UNKNOWN_KEYS: Rate = { perSecond: 5, burst: 100 };
/** Under whom misses are counted: an unknown key names no tenant. */
const NOBODY = '';

/** Inboxes by their public key, cached until the feed names the inbox (`origin`). */
export class InboxDirectory {
  private readonly byKey = new Lru<string, Promise<Inbox | undefined>>(10_000);
  private readonly unknown = new Lru<string, number>(10_000);
  /** Keys that named an inbox once: loading them again is no guess, whoever asks. */
  private readonly named = new Lru<string, true>(10_000);
  /** Grows with each drop: what was looked for before a drop is not remembered as unknown after it. */
  private drops = 0;
  private readonly misses: LineLimiter;

  constructor(
    private readonly database: Database,
    private readonly now: () => number = () => performance.now(),
    /** Our own origin, whose hosted page shows every inbox in use. */
    private readonly hosted: string | undefined = undefined,
  ) {
    this.misses = new LineLimiter(now);
  }

  /**
   * The inbox of `key`, undefined for an unknown or switched-off one. A client of `address` that tries key after key is
   * refused (429) before the database is asked; an inbox that was found once is found whatever others try.
   */
  async find(key: string, address: string): Promise<Inbox | undefined> {
    if (!KEY.test(key)) return undefined;
    const cached = this.byKey.get(key);
    if (cached) return cached;
    if (this.isUnknown(key)) return undefined;
    if (!this.named.peek(key)) this.misses.check(NOBODY, address, UNKNOWN_KEYS);
    const inbox = await this.loading(key);
    if (!inbox) this.misses.missed(NOBODY, address, UNKNOWN_KEYS);
    return inbox;
  }

  /** Also one that was switched off or ended. A key that names none is a miss each time, also one known for that. */
  async findAnyway(key: string, address: string): Promise<Pick<Inbox, 'tenantId' | 'id'> | undefined> {
    const inUse = await this.find(key, address);
    if (inUse || !KEY.test(key)) return inUse;
    this.misses.check(NOBODY, address, UNKNOWN_KEYS);
    const [row] = await this.database.reader.all<InboxRow>(inboxByPublicKey, [key]);
    if (!row) this.misses.missed(NOBODY, address, UNKNOWN_KEYS);
    return row && { tenantId: row.tenant_id, id: row.id };
  }

  /** The inbox as it is now, for what has it open already. */
  async current({ key }: Inbox): Promise<Inbox | undefined> {
    return this.byKey.get(key) ?? this.loading(key);
  }

  /** Forgets all inboxes: they are few, and a change of origins must not wait. */
  drop(): void {
    this.drops++;
    this.byKey.clear();
    this.unknown.clear();
  }

  private isUnknown(key: string): boolean {
    const since = this.unknown.peek(key);
    return since !== undefined && this.now() - since < UNKNOWN_MS;
  }

  private loading(key: string): Promise<Inbox | undefined> {
    const { drops } = this;
    const loading = this.load(key);
    this.byKey.set(key, loading);
    const forget = (): void => {
      if (this.byKey.peek(key) === loading) this.byKey.delete(key);
    };
    loading.then((inbox) => {
      if (inbox) {
        this.named.set(key, true);
        return;
      }
      forget();
      if (drops === this.drops) this.unknown.set(key, this.now());
    }, forget);
    return loading;
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
      origins: [...row.origins.split('\n').filter(Boolean), ...(this.hosted === undefined ? [] : [this.hosted])],
      look: JSON.parse(row.look) as InboxLook,
      notices: inForce(notices),
      identity: row.identity_mode,
    };
  }
}

/** The newest version of each language; rows come in ascending order. */
export function inForce(rows: readonly NoticeRow[]): Record<string, Notice> {
  const newest: Record<string, Notice> = {};
  for (const row of rows) {
    newest[row.locale] = { ...(JSON.parse(row.body) as Notice), version: Number(row.version), hash: row.hash };
  }
  return newest;
}

/** What `GET /widget/inboxes/<key>.json` answers: the same for every visitor. */
export function publicSettings({ key, look, notices }: Pick<Inbox, 'key' | 'look' | 'notices'>): InboxSettings {
  const { businessName, businessNames, theme, locales, greeting, phone, place } = look;
  const settings = { inbox: key, businessName, theme, locales, greeting, phone, notice: notices };
  return { ...settings, ...(place === undefined ? {} : { place }), ...(businessNames ? { businessNames } : {}) };
}
