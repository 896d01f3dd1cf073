import type { InboxRouting } from '@libs/contracts';
import { chunks, DATABASE, type Database, placeholders, type SqlReader } from '@libs/database';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import type { Seat } from './pick.js';
import { readDefaults, readInboxRouting, readRouted } from './routing-rows.js';

/** A conversation that nobody has. */
export interface Waiting {
  readonly id: string;
  readonly subjectId: string;
  readonly inboxId: string;
  readonly teamId: string | null;
  readonly queuedAt: number;
}

/** A conversation whose visitor waits for an answer of somebody who is away by a lost line. */
export interface LostWork {
  readonly id: string;
  readonly subjectId: string;
  readonly memberId: string;
}

interface WaitingRow {
  readonly id: string;
  readonly subject_id: string;
  readonly inbox_id: string;
  readonly team_id: string | null;
  readonly queued_at: number | string;
}

interface ChangeRow {
  readonly conversation_id: string;
  readonly kind: 'taken' | 'assigned' | 'released' | 'reopened';
  readonly author_id: string | null;
  readonly member_id: string | null;
}

const NO_ONE: ReadonlyMap<string, string> = new Map();

/** What the engine reads before it proposes anything: who waits, who is there. Nothing of it is relied on. */
@Injectable()
export class RoutingQueue {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  routed(tenantId: string): Promise<ReadonlyMap<string, InboxRouting>> {
    return this.read(tenantId, (reader) => readRouted(reader, tenantId));
  }

  routingOf(tenantId: string, inboxId: string): Promise<InboxRouting> {
    return this.read(tenantId, (reader) => readInboxRouting(reader, tenantId, inboxId));
  }

  /** A page of who waits in these inboxes, longest first. */
  waiting(tenantId: string, inboxIds: readonly string[], limit: number, after?: Waiting): Promise<Waiting[]> {
    // One lower bound alone, so that a page begins at its cursor and not at the head of the queue.
    const from = after ? 'queued_at >= ? AND (queued_at > ? OR id > ?)' : 'queued_at > 0';
    const key = after ? [after.queuedAt, after.queuedAt, after.id] : [];
    return this.read(tenantId, async (reader) => {
      const rows = await reader.all<WaitingRow>(
        'SELECT id, subject_id, inbox_id, team_id, queued_at FROM chat_conversation WHERE tenant_id = ? ' +
          `AND inbox_id IN (${placeholders(inboxIds.length)}) AND ${from} ` +
          `ORDER BY queued_at, id LIMIT ${limit}`,
        [tenantId, ...inboxIds, ...key],
      );
      return rows.map((row) => ({
        ...{ id: row.id, subjectId: row.subject_id, inboxId: row.inbox_id, teamId: row.team_id },
        queuedAt: Number(row.queued_at),
      }));
    });
  }

  /** Members who are online, with what they have. */
  seats(tenantId: string): Promise<Seat[]> {
    return this.read(tenantId, async (reader) => {
      const { defaultCapacity } = await readDefaults(reader, tenantId);
      const rows = await reader.all<{
        member_id: string;
        capacity: number | null;
        given_at: number | string;
        n: number;
      }>(
        'SELECT r.member_id, r.capacity, r.given_at, (SELECT COUNT(*) FROM chat_conversation c WHERE c.tenant_id = ? ' +
          "AND c.assignee_id = r.member_id AND c.state = 'open') AS n " +
          "FROM chat_routing_member r WHERE r.tenant_id = ? AND r.availability = 'online' ORDER BY r.member_id",
        [tenantId, tenantId],
      );
      return rows.map(({ member_id: memberId, capacity, given_at: givenAt, n }) => ({
        ...{ memberId, open: Number(n), capacity: capacity ?? defaultCapacity, givenAt: Number(givenAt) },
      }));
    });
  }

  /** Of those whose visitor came back after it was resolved: who had it. */
  formers(tenantId: string, conversationIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (conversationIds.length === 0) return Promise.resolve(NO_ONE);
    return this.read(tenantId, async (reader) => {
      const formers = new Map<string, string>();
      for (const some of chunks(conversationIds)) {
        const rows = await reader.all<ChangeRow>(
          'SELECT conversation_id, kind, author_id, member_id FROM chat_change WHERE tenant_id = ? ' +
            `AND conversation_id IN (${placeholders(some.length)}) ` +
            "AND kind IN ('taken', 'assigned', 'released', 'reopened') ORDER BY conversation_id, revision",
          [tenantId, ...some],
        );
        for (const [id, former] of lastHolders(rows)) formers.set(id, former);
      }
      return formers;
    });
  }

  /** Work of members whose line was lost before `lostBefore`, where the last word is the visitor's. */
  lostWork(tenantId: string, inboxIds: readonly string[], lostBefore: number): Promise<LostWork[]> {
    return this.read(tenantId, async (reader) => {
      const rows = await reader.all<{ id: string; subject_id: string; member_id: string }>(
        'SELECT c.id, c.subject_id, r.member_id FROM chat_routing_member r ' +
          'JOIN chat_conversation c ON c.tenant_id = r.tenant_id AND c.assignee_id = r.member_id ' +
          "WHERE r.tenant_id = ? AND r.availability = 'offline' AND r.lost_at <= ? AND c.state = 'open' " +
          `AND c.inbox_id IN (${placeholders(inboxIds.length)}) AND EXISTS (SELECT 1 FROM chat_message m ` +
          'WHERE m.tenant_id = ? AND m.conversation_id = c.id AND m.author_id IS NULL AND m.seq = ' +
          '(SELECT MAX(n.seq) FROM chat_message n WHERE n.tenant_id = ? AND n.conversation_id = c.id)) ORDER BY c.id',
        [tenantId, lostBefore, ...inboxIds, tenantId, tenantId],
      );
      return rows.map(({ id, subject_id: subjectId, member_id: memberId }) => ({ id, subjectId, memberId }));
    });
  }

  defaults(tenantId: string) {
    return this.read(tenantId, (reader) => readDefaults(reader, tenantId));
  }

  private read<T>(tenantId: string, work: (reader: SqlReader) => Promise<T>): Promise<T> {
    const context = { tenantId, actor: { kind: 'system', id: 'routing' }, correlationId: 'routing' } as const;
    return runInTenant(context, () => work(this.database.reader));
  }
}

/** `rows` by conversation and revision. */
function lastHolders(rows: readonly ChangeRow[]): Map<string, string> {
  const holders = new Map<string, string>();
  const returned = new Map<string, string>();
  for (const { conversation_id: id, kind, author_id: author, member_id: member } of rows) {
    if (kind === 'reopened') {
      const holder = holders.get(id);
      if (author === null && holder !== undefined) returned.set(id, holder);
      continue;
    }
    returned.delete(id);
    const holder = kind === 'released' ? null : kind === 'taken' ? author : member;
    if (holder === null) holders.delete(id);
    else holders.set(id, holder);
  }
  return returned;
}
