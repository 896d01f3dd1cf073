import { DATABASE, type Database, type RowInsert } from '@libs/database';
import { CLOCK, type Clock, Lru } from '@libs/kernel';
import { blindIndex } from '@libs/privacy-core';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import type { Inbox } from '../inboxes/inbox-directory.js';
import type { AgreedSlip } from './consent-slips.js';
import { SUBJECT_KEYS, type SubjectKeys, TOKEN_KEYS } from './visitor-keys.js';
import type { KnownVisitor } from './visitor-session.js';

const COLUMNS = [
  'token_index',
  'subject_id',
  'inbox_id',
  'conversation_id',
  'created_at',
  'expires_at',
  'revoked_at',
] as const;
/** A visitor token lives this long after it was made. */
const TOKEN_MS = 180 * 24 * 3_600_000;
const FORM = /^[0-9a-f]{16,80}$/;

interface TokenRow {
  readonly subject_id: string;
  readonly conversation_id: string;
  readonly expires_at: number | string;
  readonly revoked_at: number | string | null;
}

/**
 * Visitor tokens. The token is made from the slip's nonce under a key of the tenant, so a resent first message gets the
 * same one again although the server keeps only its keyed index.
 */
@Injectable()
export class VisitorTokens {
  private readonly known = new Lru<string, KnownVisitor & { readonly expiresAt: number }>(50_000);
  /** Grows with each drop: what was read before a drop must not be cached after it. */
  private drops = 0;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(SUBJECT_KEYS) private readonly keys: SubjectKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The token that belongs to a slip. */
  async tokenOf(inbox: Inbox, slip: AgreedSlip): Promise<string> {
    return blindIndex(await this.keys.tenantKey(inbox.tenantId, TOKEN_KEYS.visitor), slip.nonce);
  }

  /** Who comes with `token` in this inbox; undefined when it is unknown, over or revoked. */
  async find(inbox: Inbox, token: unknown): Promise<KnownVisitor | undefined> {
    if (typeof token !== 'string' || !FORM.test(token)) return undefined;
    const index = await this.indexOf(inbox, token);
    const cached = this.known.get(`${inbox.id} ${index}`);
    if (cached) return cached.expiresAt > this.clock.now() ? cached : undefined;
    const { drops } = this;
    const context = {
      tenantId: inbox.tenantId,
      actor: { kind: 'system', id: 'visitor-token' },
      correlationId: inbox.id,
    } as const;
    const [row] = await runInTenant(context, () =>
      this.database.reader.all<TokenRow>(
        'SELECT subject_id, conversation_id, expires_at, revoked_at FROM chat_visitor_token ' +
          'WHERE tenant_id = ? AND token_index = ? AND inbox_id = ?',
        [inbox.tenantId, index, inbox.id],
      ),
    );
    if (!row || row.revoked_at !== null || Number(row.expires_at) <= this.clock.now()) return undefined;
    const visitor = {
      subjectId: row.subject_id,
      conversationId: row.conversation_id,
      expiresAt: Number(row.expires_at),
    };
    if (drops === this.drops) this.known.set(`${inbox.id} ${index}`, visitor);
    return visitor;
  }

  /** The row of a new token. */
  async row(inbox: Inbox, visitor: KnownVisitor, token: string): Promise<RowInsert> {
    const now = this.clock.now();
    const index = await this.indexOf(inbox, token);
    const values = [index, visitor.subjectId, inbox.id, visitor.conversationId, now, now + TOKEN_MS, null];
    return { table: 'chat_visitor_token', columns: COLUMNS, values };
  }

  /** Forgets everything cached: called by the feed for a revoked token or a destroyed subject. */
  drop(): void {
    this.drops++;
    this.known.clear();
  }

  private async indexOf(inbox: Inbox, token: string): Promise<string> {
    return blindIndex(await this.keys.tenantKey(inbox.tenantId, TOKEN_KEYS.visitorIndex), token);
  }
}
