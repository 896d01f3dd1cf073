import { JoinedMembers } from '@libs/auth';
import type { FirstRun } from '@libs/contracts';
import { DATABASE, type Database, type SqlRow } from '@libs/database';
import { CLOCK, type Clock } from '@libs/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { shownOrigin } from '../inboxes/inbox-origins.js';

/** How long a refused site is worth a hint. */
const HINT_MS = 60 * 60_000;

interface InboxRow extends SqlRow {
  readonly id: string;
  readonly name: string;
  readonly active: number | string;
  readonly created_at: number | string;
}

interface SeenRow extends SqlRow {
  readonly seen_at: number | string | null;
  readonly refused_origin: string | null;
  readonly refused_at: number | string | null;
}

const INBOXES =
  'SELECT id, name, active, created_at FROM chat_inbox WHERE tenant_id = ? AND ended_at IS NULL ORDER BY active DESC, id LIMIT 1';
const NOTICE = 'SELECT MIN(at) AS at FROM chat_notice WHERE tenant_id = ?';
const SEEN = 'SELECT seen_at, refused_origin, refused_at FROM chat_first_seen WHERE tenant_id = ? ORDER BY seen_at';
// In the order of the key, so that it stops at the first one.
const ANSWER =
  'SELECT at FROM chat_message WHERE tenant_id = ? AND author_id IS NOT NULL ORDER BY tenant_id, conversation_id, seq LIMIT 1';

/** How far a workspace has come, read where the steps have left their effect: nothing is ticked by hand. */
@Injectable()
export class FirstRunService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly joined: JoinedMembers,
  ) {}

  async of(tenantId: string): Promise<FirstRun> {
    const { reader } = this.database;
    const [inbox] = await reader.all<InboxRow>(INBOXES, [tenantId]);
    const [notice] = await reader.all<{ at: number | string | null }>(NOTICE, [tenantId]);
    const seen = await reader.all<SeenRow>(SEEN, [tenantId]);
    const [answer] = await reader.all<{ at: number | string }>(ANSWER, [tenantId]);
    const live = inbox !== undefined && Number(inbox.active) === 1;
    const snippet = seen.find(({ seen_at }) => seen_at !== null);
    return {
      steps: {
        inbox: live ? Number(inbox.created_at) : null,
        notice: timeOf(notice?.at),
        snippet: timeOf(snippet?.seen_at),
        invitation: await this.joined.secondAt(tenantId),
        answer: timeOf(answer?.at),
      },
      inbox: inbox ? { id: inbox.id, name: inbox.name, live } : null,
      refusedOrigin: snippet ? null : this.refusedOf(seen),
    };
  }

  private refusedOf(rows: readonly SeenRow[]): FirstRun['refusedOrigin'] {
    const since = this.clock.now() - HINT_MS;
    const recent = rows.find(({ refused_at }) => Number(refused_at ?? 0) > since);
    return recent?.refused_origin ? shownOrigin(recent.refused_origin) : null;
  }
}

function timeOf(at: number | string | null | undefined): number | null {
  return at == null ? null : Number(at);
}
