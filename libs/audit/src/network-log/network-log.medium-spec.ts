import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkingGate,
  code,
  createTable,
  type Database,
  type Dialect,
  id as idColumn,
  int,
  MariaDatabase,
  migrate,
  SqliteDatabase,
  type SqlRow,
  type SqlValue,
  tenantsScope,
  UnitOfWork,
  WriterLock,
} from '@libs/database';
import { EventTables1790000000002, JournalStep } from '@libs/events';
import { ManualClock, newId } from '@libs/kernel';
import { newKey, wipe } from '@libs/privacy-core';
import { TenantTables1790000000001 } from '@libs/tenancy';
import { describeColumns, freshMariaDatabase } from '@libs/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  AuditTables1790000000006,
  type LogKeys,
  NetworkLog,
  type NetworkLogEntry,
  NetworkLogRetention,
  networkLogHook,
  openLogField,
  type SealedField,
} from '../index.js';

/** The part of `privacy_data_subject` that the log refers to; libs/privacy stands above this library. */
class Subjects1790000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'privacy_data_subject',
      columns: [idColumn('tenant_id'), idColumn('id'), code('kind', 16), code('state', 16), int('created_at')],
      primary: ['tenant_id', 'id'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('privacy_data_subject');
  }
}

const MIGRATIONS = [
  TenantTables1790000000001,
  EventTables1790000000002,
  Subjects1790000000003,
  AuditTables1790000000006,
];
const A = newId();
const B = newId();
const all = tenantsScope(new Set([A, B]));

class MonthKeys implements LogKeys {
  readonly keys = new Map<string, Buffer | 'destroyed'>();
  failing: string | undefined;

  async monthKey(tenantId: string, month: string): Promise<Buffer> {
    if (this.failing === tenantId) throw new Error('key store away');
    const name = `${tenantId}/${month}`;
    const key = this.keys.get(name) ?? newKey();
    if (key === 'destroyed') throw new Error('destroyed');
    this.keys.set(name, key);
    return key;
  }

  async destroyMonth(tenantId: string, month: string): Promise<void> {
    const key = this.keys.get(`${tenantId}/${month}`);
    if (Buffer.isBuffer(key)) wipe(key);
    this.keys.set(`${tenantId}/${month}`, 'destroyed');
  }
}

interface Opened {
  readonly database: Database;
  close(): Promise<void>;
}

async function openSqlite(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  const file = join(folder, 'test.db');
  await migrate({ target: { file }, migrations: MIGRATIONS });
  const database = new SqliteDatabase({ file, gate: checkingGate('sqlite'), readScope: all });
  return {
    database,
    close: async () => {
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function openMaria(): Promise<Opened> {
  const { url, drop } = await freshMariaDatabase('audit');
  await migrate({ target: { url }, migrations: MIGRATIONS });
  const database = await MariaDatabase.open({ url, gate: checkingGate('mariadb'), readScope: all });
  return {
    database,
    close: async () => {
      await database.close();
      await drop();
    },
  };
}

const entry = (tenantId: string, more: Partial<NetworkLogEntry> = {}): NetworkLogEntry => ({
  tenantId,
  memberId: null,
  subjectId: null,
  method: 'GET',
  route: '/api/v1/chat/conversations',
  status: 200,
  address: '203.0.113.7',
  userAgent: 'Marker-Browser/1.0',
  language: 'zh-CN,zh;q=0.9',
  url: '/api/v1/chat/conversations?q=退款',
  search: '退款',
  ...more,
});

function networkLogSuite(dialect: Dialect, open: () => Promise<Opened>): void {
  let opened: Opened;
  let database: Database;
  let work: UnitOfWork;
  let keys: MonthKeys;
  let log: NetworkLog;
  let clock: ManualClock;
  let errors: unknown[];
  let ends: Map<string, number>;
  let subject: string;

  const rows = async (tenantId = A) =>
    database.reader.all<SqlRow>('SELECT * FROM audit_network_log WHERE tenant_id = ? ORDER BY id', [tenantId]);
  const retention = () =>
    new NetworkLogRetention({ work, keys, clock, ends: { endedAt: async (id) => ends.get(id) ?? null } });
  const insert = (table: string, columns: string[], row: SqlValue[], tenantId: string) =>
    work.upkeep(async (tx) => tx.insert(table, columns, [row]), new Set([tenantId]));

  beforeAll(async () => {
    opened = await open();
    database = opened.database;
    work = new UnitOfWork(database, new JournalStep(new ManualClock()), new WriterLock(dialect === 'sqlite'));
    for (const id of [A, B]) {
      await insert('tenant_tenant', ['id', 'slug', 'name', 'state', 'created_at'], [id, id, 'x', 'active', 1], id);
    }
  });

  afterAll(() => opened?.close());

  beforeEach(async () => {
    for (const id of [A, B]) {
      await work.upkeep(async (tx) => tx.run('DELETE FROM audit_network_log WHERE tenant_id = ?', [id]), new Set([id]));
    }
    clock = new ManualClock(Date.UTC(2026, 0, 31, 12));
    keys = new MonthKeys();
    errors = [];
    ends = new Map();
    log = new NetworkLog({ work, keys, clock, onError: (error) => errors.push(error) });
    subject = newId();
    const columns = ['tenant_id', 'id', 'kind', 'state', 'created_at'];
    await insert('privacy_data_subject', columns, [A, subject, 'visitor', 'live', 1], A);
  });

  it('F-1406 each request makes one row with the listed fields only, personal ones sealed', async () => {
    log.record(entry(A, { subjectId: subject }));
    await log.flush();
    const [row, ...others] = await rows();
    expect(others).toEqual([]);
    expect(Object.keys(row ?? {}).sort()).toEqual(
      ['tenant_id', 'month', 'id', 'at', 'member_id', 'subject_id', 'kind', 'method', 'route', 'status', 'stay_ms']
        .concat(['address', 'user_agent', 'language', 'url', 'search'])
        .sort(),
    );
    expect(row).toMatchObject({ month: '2026-01', subject_id: subject, kind: 'http', method: 'GET', stay_ms: null });
    const bytes = JSON.stringify(
      Object.values(row ?? {}).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : value)),
    );
    for (const marker of ['203.0.113.7', 'Marker', 'zh-CN', '退款']) expect(bytes).not.toContain(marker);
    const key = await keys.monthKey(A, '2026-01');
    const opens = (field: SealedField) =>
      openLogField(key, { tenantId: A, id: String(row?.id) }, field, row?.[field] as Buffer);
    expect(opens('address')).toBe('203.0.113.7');
    expect(opens('user_agent')).toBe('Marker-Browser/1.0');
    expect(opens('search')).toBe('退款');
    expect(() => openLogField(key, { tenantId: B, id: String(row?.id) }, 'address', row?.address as Buffer)).toThrow();
  });

  it('F-1407 of the device only browser name and language are kept, cut to their length', async () => {
    log.record(entry(A, { subjectId: subject, userAgent: '界'.repeat(1000), url: null, search: null, language: null }));
    await log.flush();
    const [row] = await rows();
    const key = await keys.monthKey(A, '2026-01');
    const agent = openLogField(key, { tenantId: A, id: String(row?.id) }, 'user_agent', row?.user_agent as Buffer);
    expect(agent).toBe('界'.repeat(170));
    expect(row).toMatchObject({ url: null, search: null, language: null });
  });

  it('F-1406 who hangs up before the answer is noted with the address they came from; without any the row stands', async () => {
    const hook = networkLogHook(log, () => ({ tenantId: A, subjectId: subject }));
    const line: { ip: string | undefined } = { ip: '203.0.113.9' };
    const asked = (from: typeof line) => ({
      ...{ method: 'GET', url: '/x', headers: {}, routeOptions: { url: '/x' } },
      get ip() {
        return from.ip;
      },
    });
    const [known, never] = [asked(line), asked({ ip: undefined })];
    for (const request of [known, never]) await hook.onRequest(request);
    line.ip = undefined;
    for (const request of [known, never]) await hook.onResponse(request, { statusCode: 200 });
    log.record(entry(A, { subjectId: subject }));
    await log.flush();
    expect(errors).toEqual([]);
    expect((await rows()).map(({ address }) => address === null).sort()).toEqual([false, false, true]);
  });

  it('F-1406 an entry of which no row can be made is told, and holds up no other', async () => {
    log.record({ ...entry(A), subjectId: subject, address: 7 as never });
    log.record(entry(A, { subjectId: subject }));
    await log.flush();
    expect(errors).toHaveLength(1);
    expect(await rows()).toHaveLength(1);
    await log.flush();
    expect(errors).toHaveLength(1);
  });

  it('P-0806 someone who only looks leaves no row, neither by request nor by connection', async () => {
    log.record(entry(A));
    expect(log.openSocket(entry(A))).toBeUndefined();
    log.closeSocket(undefined);
    const hook = networkLogHook(log, () => ({ tenantId: A }));
    const request = { method: 'GET', url: '/x', ip: '203.0.113.7', headers: {}, routeOptions: { url: '/x' } };
    await hook.onRequest(request);
    await hook.onResponse(request, { statusCode: 200 });
    await networkLogHook(log, () => undefined).onResponse(request, { statusCode: 200 });
    await log.close();
    expect(await rows()).toEqual([]);
    expect(keys.keys.size).toBe(0);
  });

  it('F-1406 the hook notes route template, search text and account of a known caller', async () => {
    const member = newId();
    const hook = networkLogHook(log, () => ({ tenantId: A, memberId: member }));
    await hook.onResponse(
      {
        method: 'GET',
        url: '/api/v1/chat/conversations/7?search=%E9%80%80%E6%AC%BE',
        ip: '2001:db8::1',
        headers: { 'user-agent': 'x', 'accept-language': 'en' },
        routeOptions: { url: '/api/v1/chat/conversations/:id' },
      },
      { statusCode: 404 },
    );
    await log.flush();
    const [row] = await rows();
    expect(row).toMatchObject({
      member_id: member,
      subject_id: null,
      route: '/api/v1/chat/conversations/:id',
      status: 404,
    });
    const key = await keys.monthKey(A, '2026-01');
    const search = openLogField(key, { tenantId: A, id: String(row?.id) }, 'search', row?.search as Buffer);
    expect(search).toBe('退款');
  });

  it('F-1406 what is searched for in a body is noted, and no other body', async () => {
    const hook = networkLogHook(log, () => ({ tenantId: A, memberId: newId() }));
    for (const url of ['/api/v1/crm/contacts/searches', '/api/v1/crm/contacts']) {
      const request = { method: 'POST', url, ip: '2001:db8::1', headers: {}, routeOptions: { url } };
      await hook.onResponse({ ...request, body: { q: '13800138000' } }, { statusCode: 200 });
    }
    await log.flush();
    const key = await keys.monthKey(A, '2026-01');
    const found = (await rows()).map((row) => [
      row.route,
      row.search && openLogField(key, { tenantId: A, id: String(row.id) }, 'search', row.search as Buffer),
    ]);
    expect(new Map(found as [string, string | null][])).toEqual(
      new Map([
        ['/api/v1/crm/contacts/searches', '13800138000'],
        ['/api/v1/crm/contacts', null],
      ]),
    );
  });

  it('F-1406 a connection is one row with its stay time, written before or after it ended', async () => {
    const short = log.openSocket(entry(A, { subjectId: subject, method: 'CONNECT', route: '/widget' }));
    const long = log.openSocket(entry(A, { subjectId: subject, method: 'CONNECT', route: '/widget' }));
    clock.advance(1500);
    log.closeSocket(short);
    await log.flush();
    clock.advance(500);
    log.closeSocket(long);
    log.closeSocket(long);
    await log.close();
    const found = await rows();
    expect(found.map(({ kind, stay_ms }) => [kind, Number(stay_ms)]).sort()).toEqual([
      ['socket', 1500],
      ['socket', 2000],
    ]);
  });

  it('F-1406 rows are written by themselves soon after, in batches, and the rest at shutdown', async () => {
    for (let n = 0; n < 1200; n++) log.record(entry(n % 2 ? A : B, { memberId: newId() }));
    await expect.poll(async () => (await rows(A)).length + (await rows(B)).length).toBe(1200);
    log.record(entry(A, { memberId: newId() }));
    await log.onApplicationShutdown();
    expect(await rows(A)).toHaveLength(601);
  });

  it('F-1406 a tenant whose key is away keeps its rows waiting and does not hold up another one', async () => {
    keys.failing = A;
    log.record(entry(A, { subjectId: subject }));
    log.record(entry(B, { memberId: newId() }));
    await log.flush();
    expect([(await rows(A)).length, (await rows(B)).length, errors.length]).toEqual([0, 1, 1]);
    keys.failing = undefined;
    await log.close();
    expect(await rows(A)).toHaveLength(1);
  });

  it('F-1406 a full queue makes requests wait and drops nothing', async () => {
    keys.failing = A;
    for (let n = 0; n < 10_000; n++) log.record(entry(A, { memberId: 'x' }));
    let through = false;
    const waits = log.room().then(() => {
      through = true;
    });
    await log.flush();
    expect(through).toBe(false);
    keys.failing = undefined;
    await log.flush();
    await waits;
    expect(await database.reader.all('SELECT COUNT(*) AS n FROM audit_network_log WHERE tenant_id = ?', [A])).toEqual([
      { n: 10_000 },
    ]);
  });

  it('P-0803 a month is refused until six calendar months after its last day, then key and rows are gone', async () => {
    log.record(entry(A, { subjectId: subject }));
    clock.set(Date.UTC(2026, 1, 1));
    log.record(entry(A, { subjectId: subject }));
    log.record(entry(B, { memberId: newId() }));
    await log.flush();
    clock.set(Date.UTC(2026, 7, 1) - 1);
    const refused = expect.objectContaining({ code: 'audit.floor-running', status: 409 });
    await expect(retention().purgeMonth(A, '2026-01')).rejects.toEqual(refused);
    expect(await rows()).toHaveLength(2);
    clock.advance(1);
    expect(await retention().purgeMonth(A, '2026-01')).toBe(1);
    expect(keys.keys.get(`${A}/2026-01`)).toBe('destroyed');
    expect((await rows()).map(({ month }) => month)).toEqual(['2026-02']);
    expect(await rows(B)).toHaveLength(1);
    await expect(retention().purgeMonth(A, '2026-02')).rejects.toEqual(refused);
    expect(await retention().purgeMonth(A, '2026-01')).toBe(0);
    const journal = 'SELECT kind, resource, actor FROM event_journal WHERE tenant_id = ? ORDER BY id';
    expect((await database.reader.all(journal, [A]))[0]).toEqual({
      kind: 'audit.log-month-purged.v1',
      resource: 'network-log:2026-01',
      actor: 'system:log-retention',
    });
  });

  it('P-0803 the end of a tenant starts another six months, and explain names the rule', async () => {
    ends.set(A, Date.UTC(2026, 7, 31, 10));
    clock.set(Date.UTC(2026, 8, 1));
    expect(await retention().explain(A, '2026-01')).toEqual({
      rule: 'network-log',
      fromUse: Date.UTC(2026, 7, 1),
      fromEnd: Date.UTC(2027, 1, 28, 10),
      until: Date.UTC(2027, 1, 28, 10),
      mayPurge: false,
    });
    await expect(retention().purgeMonth(A, '2026-01')).rejects.toThrow();
    expect(keys.keys.get(`${A}/2026-01`)).toBeUndefined();
    await expect(retention().explain(A, '2026-13')).rejects.toThrow('calendar month');
  });

  it('P-0803 erasure cuts the link while the floor runs, also for rows that still wait', async () => {
    for (let n = 0; n < 600; n++) log.record(entry(A, { subjectId: subject, memberId: subject }));
    await log.flush();
    log.record(entry(A, { subjectId: subject }));
    await work.upkeep(
      async (tx) =>
        tx.run("UPDATE privacy_data_subject SET state = 'erased' WHERE tenant_id = ? AND id = ?", [A, subject]),
      new Set([A]),
    );
    await retention().erase(A, subject);
    await log.flush();
    const found = await rows();
    expect(found).toHaveLength(601);
    expect(found.every(({ subject_id, member_id }) => subject_id === null && member_id === null)).toBe(true);
  });
}

describeColumns('network log on $column', (column) =>
  networkLogSuite(column, column === 'sqlite' ? openSqlite : openMaria),
);
