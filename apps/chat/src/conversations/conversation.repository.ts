import type { ConversationState, ListWish } from '@libs/contracts';
import { chunks, DATABASE, type Database, placeholders, type SqlValue } from '@libs/database';
import { CLOCK, type Clock } from '@libs/kernel';
import { currentTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { FEW, fewWalks, firstOf, wholeWalk } from './list-walks.js';
import {
  afterCursor,
  type Condition,
  conditionsOf,
  type ListCursor,
  namesPeople,
  orderOf,
  scopeCondition,
} from './list-wish.js';
import type { ReadScope } from './read-scope.js';

/** A conversation as lists and checks need it. */
export interface ConversationRow {
  readonly id: string;
  readonly subjectId: string;
  readonly inboxId: string;
  readonly state: ConversationState;
  readonly assigneeId: string | null;
  readonly snoozedUntil: number | null;
  readonly waitingSince: number | null;
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

interface RawRow {
  readonly id: string;
  readonly subject_id: string;
  readonly inbox_id: string;
  readonly state: ConversationState;
  readonly assignee_id: string | null;
  readonly snoozed_until: number | string | null;
  readonly waiting_since: number | string | null;
  readonly last_at: number | string;
  readonly seq: number | string | null;
  readonly revision: number | string | null;
  readonly changed: number | string | null;
  readonly read_seq: number | string | null;
  readonly participant: string | null;
}

const HEADS =
  '(SELECT MAX(m.seq) FROM chat_message m WHERE m.tenant_id = ? AND m.conversation_id = c.id) AS seq, ' +
  '(SELECT MAX(m.revision) FROM chat_message m WHERE m.tenant_id = ? AND m.conversation_id = c.id ' +
  'AND m.seq = (SELECT MAX(n.seq) FROM chat_message n WHERE n.tenant_id = ? AND n.conversation_id = c.id)) AS revision, ' +
  '(SELECT MAX(h.revision) FROM chat_change h WHERE h.tenant_id = ? AND h.conversation_id = c.id) AS changed';

const ROW =
  'c.id, c.subject_id, c.inbox_id, c.state, c.assignee_id, c.snoozed_until, c.waiting_since, c.last_at, ' +
  'p.read_seq, p.participant';

/** The list of conversations, always within a read scope (design 4). */
@Injectable()
export class ConversationRepository {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A page of what `wish` asks for, in its order, as far as `scope` reaches. */
  async list(scope: ReadScope, wish: ListWish, take: number, from?: ListCursor): Promise<ConversationRow[]> {
    const conditions = conditionsOf(scope, wish, this.clock.now());
    if (from) conditions.push(afterCursor(from));
    return this.select(await this.walks(scope, wish, conditions), orderOf(wish), take);
  }

  /** How many there are of what `wish` asks for; from `most` on it does not matter how many more. */
  async count(scope: ReadScope, wish: ListWish, most: number): Promise<number> {
    const walks = await this.walks(scope, wish, conditionsOf(scope, wish, this.clock.now()));
    const { sql, params } = firstOf(walks, 'c.id', '', most);
    return Math.min(most, await this.countRows(sql, params));
  }

  /** Those of `people` of whom `scope` reaches a conversation. */
  async seenOf(scope: ReadScope, people: readonly string[]): Promise<readonly string[]> {
    const wish: ListWish = { view: 'all', filter: {}, sort: 'newest', people };
    const walks = await this.walks(scope, wish, conditionsOf(scope, wish, this.clock.now()));
    const { sql, params } = firstOf(walks, 'DISTINCT c.subject_id', '', people.length);
    const rows = await this.database.reader.all<Pick<RawRow, 'subject_id'>>(sql, params);
    return rows.map(({ subject_id }) => subject_id);
  }

  /** One conversation if `scope` reaches it. */
  async find(scope: ReadScope, id: string): Promise<ConversationRow | undefined> {
    const conditions = [{ sql: 'c.id = ?', params: [id] }, scopeCondition(scope)];
    const walk = wholeWalk(scope, currentTenant().tenantId, joined(conditions));
    return (await this.select([walk], orderOf({ sort: 'newest' }), 1))[0];
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

  /** How the rows of a list are come by: a reach that holds few of them must not walk past all the others. */
  private async walks(
    scope: ReadScope,
    wish: ListWish,
    conditions: readonly Condition[],
  ): Promise<readonly Condition[]> {
    const { tenantId } = currentTenant();
    const all = joined(conditions);
    // Those have indexes of their own.
    const isNarrow = wish.view === 'mine' || wish.view === 'unassigned' || namesPeople(wish);
    if (scope.reach !== 'own' || isNarrow) return [wholeWalk(scope, tenantId, all)];
    const some = 'SELECT t.conversation_id FROM chat_participant t WHERE t.tenant_id = ? AND t.participant = ? LIMIT ?';
    const takesPart = await this.countRows(some, [tenantId, scope.memberId, FEW]);
    return takesPart < FEW ? fewWalks(scope, tenantId, all) : [wholeWalk(scope, tenantId, all)];
  }

  private async countRows(sql: string, params: readonly SqlValue[]): Promise<number> {
    const counted = `SELECT COUNT(*) AS many FROM (${sql}) d`;
    const [row] = await this.database.reader.all<{ many: number | string }>(counted, params);
    return Number(row?.many ?? 0);
  }

  /** The page first; the heads of the streams are read for its rows alone. */
  private async select(walks: readonly Condition[], order: string, take: number): Promise<ConversationRow[]> {
    const { tenantId } = currentTenant();
    const page = firstOf(walks, ROW, order, take);
    const rows = await this.database.reader.all<RawRow>(
      `SELECT c.*, ${HEADS} FROM (SELECT * FROM (${page.sql}) c ORDER BY ${order} LIMIT ?) c ORDER BY ${order}`,
      [...[tenantId, tenantId, tenantId, tenantId], ...page.params, take],
    );
    return rows.map((row) => ({
      id: row.id,
      subjectId: row.subject_id,
      inboxId: row.inbox_id,
      state: row.state,
      assigneeId: row.assignee_id,
      snoozedUntil: row.snoozed_until === null ? null : Number(row.snoozed_until),
      waitingSince: row.waiting_since === null ? null : Number(row.waiting_since),
      lastAt: Number(row.last_at),
      seq: Number(row.seq ?? 0),
      revision: Math.max(Number(row.revision ?? 0), Number(row.changed ?? 0)),
      readSeq: Number(row.read_seq ?? 0),
      joined: row.participant !== null,
    }));
  }
}

function joined(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND '),
    params: conditions.flatMap(({ params }) => params),
  };
}
