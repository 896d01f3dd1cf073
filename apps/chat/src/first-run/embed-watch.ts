import type { Config } from '@libs/config';
import { type SqlValue, UnitOfWork, upsert } from '@libs/database';
import { CONFIG, LOG } from '@libs/http';
import { CLOCK, type Clock, Lru } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { Inject, Injectable } from '@nestjs/common';
import type { Inbox } from '../inboxes/inbox-directory.js';

/** A refused site is written down at most this often for an inbox, however many pages ask. */
const REFUSED_EVERY_MS = 60_000;
const SEEN = {
  ...{ table: 'chat_first_seen', columns: ['tenant_id', 'inbox_id', 'seen_at', 'refused_origin', 'refused_at'] },
  keys: ['tenant_id', 'inbox_id'],
} as const;

/**
 * Writes down when a site first embeds the widget of an inbox, so that the list of first steps can tick that. Once per
 * inbox: afterwards a page that asks costs nothing here, and nothing is ever known of who looks.
 */
@Injectable()
export class EmbedWatch {
  private readonly seen = new Lru<string, true>(10_000);
  private readonly refused = new Lru<string, number>(10_000);

  constructor(
    private readonly work: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** A page of `origin` asks for a pass. Whoever asks does not wait for this. */
  asked(inbox: Inbox, origin: string | undefined): void {
    // Our own pages are no site of the tenant's.
    if (origin === undefined || origin === this.config.server.publicOrigin || this.seen.get(inbox.id)) return;
    const write = inbox.origins.includes(origin) ? this.first(inbox) : this.stranger(inbox, origin);
    write.catch((error) => {
      this.seen.delete(inbox.id);
      this.log.warn('chat.first-seen-failed', { err: error });
    });
  }

  private first(inbox: Inbox): Promise<void> {
    this.seen.set(inbox.id, true);
    return this.note(inbox, ['seen_at', 'refused_origin', 'refused_at'], [this.clock.now(), null, null]);
  }

  private async stranger(inbox: Inbox, origin: string): Promise<void> {
    const now = this.clock.now();
    if (now - (this.refused.get(inbox.id) ?? 0) < REFUSED_EVERY_MS || !isSite(origin)) return;
    this.refused.set(inbox.id, now);
    await this.note(inbox, ['refused_origin', 'refused_at'], [null, origin, now]);
  }

  /** Writes the inbox's row, as long as no site was seen yet. */
  private async note({ tenantId, id }: Inbox, update: readonly string[], values: readonly SqlValue[]): Promise<void> {
    await this.work.upkeep(
      async (tx) => {
        const [row] = await tx.all<{ seen_at: number | string | null }>(
          'SELECT seen_at FROM chat_first_seen WHERE tenant_id = ? AND inbox_id = ?',
          [tenantId, id],
        );
        if (row?.seen_at == null) await upsert(tx, { ...SEEN, update }, [tenantId, id, ...values]);
      },
      new Set([tenantId]),
    );
  }
}

/** What a browser sends as the origin of a page, and nothing that somebody made up. */
function isSite(origin: string): boolean {
  return (
    origin.length <= 255 &&
    /^https?:\/\/[\x21-\x7e]+$/.test(origin) &&
    URL.canParse(origin) &&
    new URL(origin).origin === origin
  );
}
