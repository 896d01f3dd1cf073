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
import { freshMariaDatabase } from '@libs/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  AuditTables1790000000006,
  type LogKeys,
  NetworkLog,
  type NetworkLogEntry,
  NetworkLogRetention,
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
/** Two workspaces. */
export const A = newId();
export const B = newId();
const all = tenantsScope(new Set([A, B]));

/** Month keys in memory; those of the tenant `failing` are away. */
export class MonthKeys implements LogKeys {
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

/** A request as the log takes it; nobody's unless `more` says whose. */
export const entry = (tenantId: string, more: Partial<NetworkLogEntry> = {}): NetworkLogEntry => ({
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

/** Network log, its keys and its rows on a database of its own, with the tenants A and B. */
export class LogWorld {
  clock = new ManualClock();
  keys = new MonthKeys();
  errors: unknown[] = [];
  /** When a tenant ended, in ms. */
  ends = new Map<string, number>();
  /** A live person of A. */
  subject = newId();
  log!: NetworkLog;

  private constructor(
    private readonly opened: Opened,
    readonly work: UnitOfWork,
  ) {}

  static async open(dialect: Dialect): Promise<LogWorld> {
    const opened = await (dialect === 'sqlite' ? openSqlite() : openMaria());
    const journal = new JournalStep(new ManualClock());
    const world = new LogWorld(opened, new UnitOfWork(opened.database, journal, new WriterLock(dialect === 'sqlite')));
    const columns = ['id', 'slug', 'name', 'state', 'created_at'];
    for (const id of [A, B]) await world.insert('tenant_tenant', columns, [id, id, 'x', 'active', 1], id);
    return world;
  }

  get database(): Database {
    return this.opened.database;
  }

  get retention(): NetworkLogRetention {
    const { work, keys, clock } = this;
    return new NetworkLogRetention({ work, keys, clock, ends: { endedAt: async (id) => this.ends.get(id) ?? null } });
  }

  /** Begins anew: no rows, another person, noon of the last day of January 2026. */
  async reset(): Promise<void> {
    for (const id of [A, B]) {
      const clear = 'DELETE FROM audit_network_log WHERE tenant_id = ?';
      await this.work.upkeep(async (tx) => tx.run(clear, [id]), new Set([id]));
    }
    this.clock = new ManualClock(Date.UTC(2026, 0, 31, 12));
    this.keys = new MonthKeys();
    this.errors = [];
    this.ends = new Map();
    const { work, keys, clock } = this;
    this.log = new NetworkLog({ work, keys, clock, onError: (error) => this.errors.push(error) });
    this.subject = newId();
    const columns = ['tenant_id', 'id', 'kind', 'state', 'created_at'];
    await this.insert('privacy_data_subject', columns, [A, this.subject, 'visitor', 'live', 1], A);
  }

  async rows(tenantId = A): Promise<SqlRow[]> {
    const ask = 'SELECT * FROM audit_network_log WHERE tenant_id = ? ORDER BY id';
    return this.database.reader.all<SqlRow>(ask, [tenantId]);
  }

  /** What a row of A says in a sealed field, or null where it says nothing. */
  async textOf(row: SqlRow | undefined, field: SealedField): Promise<string | null> {
    if (!row?.[field]) return null;
    const key = await this.keys.monthKey(A, String(row.month));
    return openLogField(key, { tenantId: A, id: String(row.id) }, field, row[field] as Buffer);
  }

  close(): Promise<void> {
    return this.opened.close();
  }

  private insert(table: string, columns: string[], row: SqlValue[], tenantId: string): Promise<unknown> {
    return this.work.upkeep(async (tx) => tx.insert(table, columns, [row]), new Set([tenantId]));
  }
}
