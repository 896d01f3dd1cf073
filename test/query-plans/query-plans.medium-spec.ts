import { type ListWish, MOST_SOUGHT_PEOPLE } from '@libs/contracts';
import type { Database, SqlValue } from '@libs/database';
import { newId, systemClock } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import Libsql from 'libsql';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConversationRepository } from '../../apps/chat/src/conversations/conversation.repository.js';
import { RoutingQueue } from '../../apps/chat/src/routing/routing-queue.js';
import { ContactRepository } from '../../apps/crm/src/contacts/contact.repository.js';
import { CANDIDATES, ContactPieceRepository } from '../../apps/crm/src/contacts/contact-piece.repository.js';
import { standaloneMigrations } from '../../apps/standalone/src/standalone.js';
import { CONVERSATIONS, crowd, indexOf, JOINED, MEMBERS, timeOf, tokenOf } from './crowded-tenant.js';

const PAGE = 50;
/** Rows that a page may touch: its own, what is looked up for them and the table they are sorted in. */
const MOST_TOUCHED = 1200;

const wish = (more: Partial<ListWish> = {}): ListWish => ({ view: 'all', filter: {}, sort: 'newest', ...more });
const scope = (who: keyof typeof MEMBERS, reach: 'own' | 'all') => ({ memberId: MEMBERS[who], reach });

describeColumns('what statements touch in a crowded tenant on $column', (column) => {
  let world: TestPlatform;
  let conversations: ConversationRepository;
  let contacts: ContactRepository;
  let pieces: ContactPieceRepository;
  let queue: RoutingQueue;
  let asked: { readonly sql: string; readonly params: readonly SqlValue[] }[] = [];
  const deep = { sort: 'newest', place: timeOf(CONVERSATIONS / 3), id: newId() } as const;

  beforeAll(async () => {
    world = await openTestPlatform({ column, migrations: standaloneMigrations });
    const { platform, tenants } = world;
    await crowd(platform, tenants[0]);
    const { reader } = platform.database;
    const all: typeof reader.all = (sql, params) => {
      asked.push({ sql, params });
      return reader.all(sql, params);
    };
    const database = { reader: { dialect: reader.dialect, all } } as unknown as Database;
    conversations = new ConversationRepository(database, systemClock);
    contacts = new ContactRepository(database);
    pieces = new ContactPieceRepository(database);
    queue = new RoutingQueue(database);
  });
  afterAll(() => world?.close());

  /** Runs `ask`; answers how many rows it gave and, of its last statement, the plan of SQLite. */
  const look = async (ask: () => Promise<readonly unknown[]>): Promise<{ rows: number; plan: string }> => {
    asked = [];
    const context = {
      tenantId: world.tenants[0],
      actor: { kind: 'system', id: 'test' },
      correlationId: 'test',
    } as const;
    const rows = (await runInTenant(context, ask)).length;
    const { sql, params } = asked.at(-1)!;
    const { database } = world.platform.config;
    if (database.kind === 'sqlite') return { rows, plan: planOf(database.file, sql, params) };
    expect(await rowsTouched(database.url.reveal(), sql, params)).toBeLessThan(MOST_TOUCHED);
    return { rows, plan: '' };
  };
  const conversationsOf = (who: keyof typeof MEMBERS) =>
    runInTenant({ tenantId: world.tenants[0], actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, () =>
      conversations.list(scope(who, 'all'), wish(), PAGE),
    );
  /** As many as one search names. */
  const oldest = () =>
    runInTenant({ tenantId: world.tenants[0], actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, () =>
      conversations.list(scope('veteran', 'all'), wish(), MOST_SOUGHT_PEOPLE, {
        ...{ sort: 'newest', place: timeOf(MOST_SOUGHT_PEOPLE) - 1, id: newId() },
      }),
    );
  /** The plan goes by this index and sorts no more than equals. */
  const goesBy = (plan: string, index: string): void => {
    if (column === 'sqlite') expect(plan).toContain(index);
  };

  it('C14 a page of the list begins at its cursor, however deep', async () => {
    const first = await look(() => conversations.list(scope('veteran', 'all'), wish(), PAGE));
    const page = await look(() => conversations.list(scope('veteran', 'all'), wish(), PAGE, deep));
    expect([first.rows, page.rows]).toEqual([PAGE, PAGE]);
    goesBy(page.plan, 'SEARCH c USING INDEX ix_chat_conversation_tenant_id_last_at (tenant_id=? AND last_at<?)');
  });

  it('C14 what a member has to do is found without what is done', async () => {
    const mine = await look(() => conversations.list(scope('veteran', 'own'), wish({ view: 'mine' }), PAGE));
    expect(mine.rows).toBe(PAGE);
    goesBy(mine.plan, 'SEARCH c USING INDEX ix_chat_conversation_unresolved (tenant_id=? AND assignee_id=?)');
    const none = await look(() => conversations.list(scope('newcomer', 'own'), wish({ view: 'unassigned' }), PAGE));
    expect(none.rows).toBe(0);
  });

  it('C14 whoever takes part in few conversations does not walk past all the others', async () => {
    const few = await look(() => conversations.list(scope('newcomer', 'own'), wish(), PAGE));
    expect(few.rows).toBe(5);
    goesBy(few.plan, 'SEARCH p USING INDEX ix_chat_participant_tenant_id_participant (tenant_id=? AND participant=?)');
    const count = async () => [...Array(await conversations.count(scope('newcomer', 'own'), wish(), 100)).keys()];
    expect((await look(count)).rows).toBe(5);
    const many = await look(() => conversations.list(scope('veteran', 'own'), wish(), PAGE));
    expect(many.rows).toBe(PAGE);
  });

  it('C14 the conversations of one person are gone to, and a handle is looked for in their index alone', async () => {
    const person = (await conversationsOf('veteran'))[7]!.subjectId;
    const own = await look(() => conversations.list(scope('veteran', 'all'), wish({ person }), PAGE));
    expect(own.rows).toBe(1);
    goesBy(own.plan, 'SEARCH c USING INDEX ix_chat_conversation_tenant_id_subject_id (tenant_id=? AND subject_id=?)');
    // The oldest of all, whom a walk in the order of the list would meet last; whose conversations they are does not count.
    const people = (await oldest()).map(({ subjectId }) => subjectId);
    for (const who of [scope('veteran', 'all'), scope('veteran', 'own'), scope('newcomer', 'own')]) {
      const theirs = await look(() => conversations.list(who, wish({ people }), PAGE));
      expect(theirs.rows).toBe(who.memberId === MEMBERS.veteran ? PAGE : JOINED);
      goesBy(
        theirs.plan,
        'SEARCH c USING INDEX ix_chat_conversation_tenant_id_subject_id (tenant_id=? AND subject_id=?)',
      );
      const seen = await look(() => conversations.seenOf(who, people));
      expect(seen.rows).toBe(who.memberId === MEMBERS.veteran ? people.length : JOINED);
      goesBy(seen.plan, 'ix_chat_conversation_tenant_id_subject_id (tenant_id=? AND subject_id=?)');
    }
    if (column !== 'sqlite') return;
    const named = await look(() =>
      conversations.list(scope('veteran', 'all'), wish({ handle: person.slice(-4) }), PAGE),
    );
    expect(named.rows).toBeGreaterThan(0);
    goesBy(named.plan, 'SEARCH n USING COVERING INDEX ix_chat_conversation_tenant_id_subject_id (tenant_id=?)');
    goesBy(named.plan, 'SEARCH c USING INDEX ix_chat_conversation_tenant_id_subject_id (tenant_id=? AND subject_id=?)');
  });

  it('C14 a page of who waits begins where the last one ended', async () => {
    const [tenantId] = world.tenants;
    const { inboxId } = (await conversationsOf('veteran'))[0]!;
    await world.platform.work.upkeep(
      async (tx) => tx.run('UPDATE chat_conversation SET queued_at = created_at WHERE tenant_id = ?', [tenantId]),
      new Set([tenantId]),
    );
    const last = { id: '', subjectId: '', inboxId, teamId: null, queuedAt: timeOf(CONVERSATIONS - 20) };
    const page = await look(() => queue.waiting(tenantId, [inboxId], PAGE, last));
    expect(page.rows).toBe(20);
    goesBy(page.plan, 'ix_chat_conversation_tenant_id_inbox_id_queued_at (tenant_id=? AND inbox_id=? AND queued_at>?)');
    // The plan does not say by which bound it begins: there is but one.
    expect(asked.at(-1)!.sql.match(/queued_at >=? [?\d]/g)).toEqual(['queued_at >= ?', 'queued_at > ?']);
    const next = await runInTenant({ tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, () =>
      queue.waiting(tenantId, [inboxId], 5),
    );
    const after = await look(() => queue.waiting(tenantId, [inboxId], 1, next[4]));
    expect(after.rows).toBe(1);
    expect(next.map(({ queuedAt }) => queuedAt)).toEqual([0, 1, 2, 3, 4].map(timeOf));
  });

  it('C14 a searched value is gone to, and pages of contacts begin at their cursor', async () => {
    const all = { reach: 'all', memberId: MEMBERS.veteran } as const;
    const near = { reach: 'near', memberId: MEMBERS.veteran } as const;
    for (const field of ['mobile', 'email'] as const) {
      const found = await look(() => contacts.page(near, PAGE, undefined, { field, index: indexOf(7) }));
      expect(found.rows).toBe(1);
      goesBy(found.plan, `ix_crm_contact_tenant_id_${field}_index_created_at_id (tenant_id=? AND ${field}_index=?)`);
    }
    const page = await look(() => contacts.page(all, PAGE, { createdAt: deep.place, id: deep.id }));
    expect(page.rows).toBe(PAGE);
    goesBy(page.plan, 'ix_crm_contact_tenant_id_created_at_id (tenant_id=? AND created_at<?)');
  });

  it('C14 F-0710 a name is gone to by its pieces, a page at a time, however many people have one', async () => {
    const [all, some, one] = [tokenOf('all'), tokenOf('some'), tokenOf(7)];
    const page = (tokens: readonly string[], from?: { readonly createdAt: number; readonly id: string }) =>
      look(async () => (await pieces.page({ field: 'name', tokens }, from)).subjectIds);
    const index = 'ix_crm_contact_piece_tenant_id_field_token_created_at_contact_id';
    const common = await page([all]);
    expect(common.rows).toBe(CANDIDATES);
    goesBy(common.plan, `SEARCH p USING INDEX ${index} (tenant_id=? AND field=? AND token=?)`);
    // The next one begins at its cursor instead of at the top.
    const deeper = await page([all], { createdAt: deep.place, id: deep.id });
    expect(deeper.rows).toBe(CANDIDATES);
    goesBy(deeper.plan, `${index} (tenant_id=? AND field=? AND token=? AND created_at<?)`);
    // The others are looked up by person, for those of the page alone.
    const both = await page([all, some]);
    expect(both.rows).toBe(2);
    goesBy(both.plan, '(tenant_id=? AND subject_id=? AND field=? AND token=?)');
    if (column === 'sqlite')
      for (const { plan } of [common, deeper, both]) expect(plan).not.toMatch(/SCAN|TEMP B-TREE/);
    // So it begins with the rarest, and 3000 with a common one cost nothing.
    const order = (tokens: readonly string[]) =>
      runInTenant({ tenantId: world.tenants[0], actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, () =>
        pieces.rarestFirst({ field: 'name', tokens }),
      );
    expect((await order([all, one])).tokens).toEqual([one, all]);
    expect((await order([all, some])).tokens).toEqual([some, all]);
    expect((await page([one, all])).rows).toBe(1);
    const counted = await look(async () => (await pieces.rarestFirst({ field: 'name', tokens: [all, all] })).tokens);
    goesBy(counted.plan, `${index} (tenant_id=? AND field=? AND token=?)`);
  });

  it('C14 contacts without pieces are found by their mark, and none is looked at when all have theirs', async () => {
    const left = await look(() => contacts.withoutPieces('', PAGE));
    expect(left.rows).toBe(0);
    goesBy(left.plan, 'ix_crm_contact_tenant_id_pieces_id (tenant_id=? AND pieces=? AND id>?)');
  });
});

function planOf(file: string, sql: string, params: readonly SqlValue[]): string {
  const connection = new Libsql(file);
  try {
    const lines = connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(params as SqlValue[]) as { detail: string }[];
    return lines.map(({ detail }) => detail).join('\n');
  } finally {
    connection.close();
  }
}

/** What the server says it read for one statement, with its statistics up to date. */
async function rowsTouched(url: string, sql: string, params: readonly SqlValue[]): Promise<number> {
  const connection = await createConnection({ uri: url });
  try {
    await connection.query(
      'ANALYZE TABLE chat_conversation, chat_participant, chat_message, chat_change, crm_contact, crm_contact_piece',
    );
    await connection.query('FLUSH STATUS');
    await connection.query(sql, [...params]);
    const [rows] = await connection.query("SHOW SESSION STATUS LIKE 'Handler_read%'");
    return (rows as { Value: string }[]).reduce((sum, { Value }) => sum + Number(Value), 0);
  } finally {
    await connection.end();
  }
}
