import type { ConversationState, ConversationView } from '@libs/contracts';
import { chunks, DATABASE, type Database, placeholders, type SqlValue } from '@libs/database';
import { currentTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import type { ReadScope } from './read-scope.js';

/** A conversation as lists and checks need it. */
export interface ConversationRow {
  readonly id: string;
  readonly subjectId: string;
  readonly inboxId: string;
  readonly state: ConversationState;
  readonly assigneeId: string | null;
  readonly snoozedUntil: number | null;
  readonly lastAt: number;
  readonly seq: number;
  readonly revision: number;
  readonly readSeq: number;
  /** The asking member takes part in it. */
  readonly joined: boolean;
}

/** A conversation of some person, and the members who take part in it. */
export interface AttendedConversation {
  readonly id: string;
  readonly subjectId: string;
  readonly assigneeId: string | null;
  readonly participants: ReadonlySet<string>;
}

/** Where the next page of the list begins. */
export interface ListCursor {
  readonly lastAt: number;
  readonly id: string;
}

interface RawRow {
  readonly id: string;
  readonly subject_id: string;
  readonly inbox_id: string;
  readonly state: ConversationState;
  readonly assignee_id: string | null;
  readonly snoozed_until: number | string | null;
  readonly last_at: number | string;
  readonly seq: number | string | null;
  readonly revision: number | string | null;
  readonly changed: number | string | null;
  readonly read_seq: number | string | null;
  readonly participant: string | null;
}

const SELECT =
  'SELECT c.id, c.subject_id, c.inbox_id, c.state, c.assignee_id, c.snoozed_until, c.last_at, ' +
  '(SELECT MAX(m.seq) FROM chat_message m WHERE m.tenant_id = ? AND m.conversation_id = c.id) AS seq, ' +
  '(SELECT MAX(m.revision) FROM chat_message m WHERE m.tenant_id = ? AND m.conversation_id = c.id ' +
  'AND m.seq = (SELECT MAX(n.seq) FROM chat_message n WHERE n.tenant_id = ? AND n.conversation_id = c.id)) AS revision, ' +
  '(SELECT MAX(h.revision) FROM chat_change h WHERE h.tenant_id = ? AND h.conversation_id = c.id) AS changed, ' +
  'p.read_seq, p.participant FROM chat_conversation c LEFT JOIN chat_participant p ' +
  'ON p.tenant_id = c.tenant_id AND p.conversation_id = c.id AND p.participant = ? WHERE c.tenant_id = ?';

/** The list of conversations, always within a read scope (design 4). */
@Injectable()
export class ConversationRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** A page of `view`, newest first, as far as `scope` reaches. */
  async list(scope: ReadScope, view: ConversationView, take: number, from?: ListCursor): Promise<ConversationRow[]> {
    const conditions = [viewCondition(view), scopeCondition(scope)];
    const params: SqlValue[] = [...viewParams(view, scope), ...scopeParams(scope)];
    if (from) {
      conditions.push('(c.last_at < ? OR (c.last_at = ? AND c.id < ?))');
      params.push(from.lastAt, from.lastAt, from.id);
    }
    const tail = ` AND ${conditions.join(' AND ')} ORDER BY c.last_at DESC, c.id DESC LIMIT ?`;
    return this.select(scope.memberId, tail, [...params, take]);
  }

  /** One conversation if `scope` reaches it. */
  async find(scope: ReadScope, id: string): Promise<ConversationRow | undefined> {
    const rows = await this.select(scope.memberId, ` AND c.id = ? AND ${scopeCondition(scope)} LIMIT 1`, [
      id,
      ...scopeParams(scope),
    ]);
    return rows[0];
  }

  /** All conversations of these people, whoever may see them: for telling those who may. */
  ofSubjects(subjectIds: readonly string[]): Promise<readonly AttendedConversation[]> {
    return this.attended('subject_id', subjectIds);
  }

  /** What members of the tenant may have before them: the newest `take` of the list, and those of `watched`. */
  async onScreens(take: number, watched: readonly string[]): Promise<readonly AttendedConversation[]> {
    const newest = await this.database.reader.all<Pick<RawRow, 'id'>>(
      'SELECT id FROM chat_conversation WHERE tenant_id = ? ORDER BY last_at DESC LIMIT ?',
      [currentTenant().tenantId, take],
    );
    return this.attended('id', [...new Set([...newest.map(({ id }) => id), ...watched])]);
  }

  private async attended(
    column: 'id' | 'subject_id',
    ids: readonly string[],
  ): Promise<readonly AttendedConversation[]> {
    const { tenantId } = currentTenant();
    const found = new Map<string, AttendedConversation & { readonly participants: Set<string> }>();
    for (const some of chunks(ids)) {
      const rows = await this.database.reader.all<Pick<RawRow, 'id' | 'subject_id' | 'assignee_id' | 'participant'>>(
        'SELECT c.id, c.subject_id, c.assignee_id, p.participant FROM chat_conversation c LEFT JOIN chat_participant p ' +
          'ON p.tenant_id = c.tenant_id AND p.conversation_id = c.id ' +
          `WHERE c.tenant_id = ? AND c.${column} IN (${placeholders(some.length)})`,
        [tenantId, ...some],
      );
      for (const { id, subject_id: subjectId, assignee_id: assigneeId, participant } of rows) {
        const one = found.get(id) ?? { id, subjectId, assigneeId, participants: new Set() };
        if (participant !== null) one.participants.add(participant);
        found.set(id, one);
      }
    }
    return [...found.values()];
  }

  private async select(memberId: string, tail: string, params: readonly SqlValue[]): Promise<ConversationRow[]> {
    const { tenantId } = currentTenant();
    const bound = [tenantId, tenantId, tenantId, tenantId, memberId, tenantId, ...params];
    const rows = await this.database.reader.all<RawRow>(SELECT + tail, bound);
    return rows.map((row) => ({
      id: row.id,
      subjectId: row.subject_id,
      inboxId: row.inbox_id,
      state: row.state,
      assigneeId: row.assignee_id,
      snoozedUntil: row.snoozed_until === null ? null : Number(row.snoozed_until),
      lastAt: Number(row.last_at),
      seq: Number(row.seq ?? 0),
      revision: Math.max(Number(row.revision ?? 0), Number(row.changed ?? 0)),
      readSeq: Number(row.read_seq ?? 0),
      joined: row.participant !== null,
    }));
  }
}

function viewCondition(view: ConversationView): string {
  if (view === 'mine') return "c.assignee_id = ? AND c.state <> 'resolved'";
  if (view === 'unassigned') return "c.assignee_id IS NULL AND c.state = 'queued'";
  return '1 = 1';
}

function viewParams(view: ConversationView, { memberId }: ReadScope): SqlValue[] {
  return view === 'mine' ? [memberId] : [];
}

/** Own, participated and unassigned ones; or all of the tenant. */
function scopeCondition({ reach }: ReadScope): string {
  if (reach === 'all') return '1 = 1';
  if (reach === 'none') return '1 = 0';
  return '(c.assignee_id = ? OR c.assignee_id IS NULL OR p.participant IS NOT NULL)';
}

function scopeParams({ reach, memberId }: ReadScope): SqlValue[] {
  return reach === 'own' ? [memberId] : [];
}
