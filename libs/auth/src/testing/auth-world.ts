import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Committer,
  checkingGate,
  type Database,
  MariaDatabase,
  type MigrationClass,
  migrate,
  SqliteDatabase,
  type SqlRow,
  UnitOfWork,
  WriterLock,
} from '@libs/database';
import { announce, EventTables1790000000002, InvalidationFeed, JournalStep } from '@libs/events';
import { ManualClock, newId, UserError } from '@libs/kernel';
import { KeyedFieldCipher, SubjectStep, SubjectTables1790000000003 } from '@libs/privacy';
import { deriveFieldKey, newKey } from '@libs/privacy-core';
import { contextScope, runInTenant, TenantTables1790000000001 } from '@libs/tenancy';
import { createConnection } from 'mysql2/promise';
import { type Auth, createAuth } from '../auth.module.js';
import { AuthTables1790000000005 } from '../migrations/auth-tables.js';
import type { AuthPorts, SubjectKeys } from '../ports.js';

/** A database of one dialect with everything sign-in stands on; keys are kept in memory. */
export interface AuthWorld {
  readonly auth: Auth;
  readonly ports: AuthPorts;
  readonly clock: ManualClock;
  readonly tenants: { readonly platform: string; readonly a: string; readonly b: string };
  /** A second process on the same database and keys, with caches of its own. */
  another(): AuthWorld;
  /** What the key service and the feed do when a person is erased. */
  erase(tenantId: string, subjectId: string): Promise<void>;
  /** Tenants that have a key of their own. */
  madeKeys(): readonly string[];
  rows(tenantId: string, sql: string, params?: readonly (string | number)[]): Promise<SqlRow[]>;
  close(): Promise<void>;
}

/** Keys as the key service gives them, without its store. */
class MemoryKeys implements SubjectKeys {
  readonly erased = new Set<string>();
  private readonly groups = new Map<string, Buffer>();
  readonly tenants = new Map<string, Buffer>();

  async create(tenantId: string, subjectId: string, groups: readonly string[]): Promise<void> {
    for (const group of groups) this.groups.set(`${tenantId}/${subjectId}/${group}`, newKey());
  }

  async tenantKey(tenantId: string, name: string): Promise<Buffer> {
    const key = this.tenants.get(`${tenantId}/${name}`) ?? newKey();
    this.tenants.set(`${tenantId}/${name}`, key);
    return key;
  }

  async keysFor(_tenantId: string, requests: readonly { readonly subjectId: string }[]): Promise<void> {
    if (requests.some(({ subjectId }) => this.erased.has(subjectId))) {
      throw new UserError('privacy.subject-erased', 'Erased', { status: 410 });
    }
  }

  fieldKey(tenantId: string, subjectId: string, group: string, label: string): Buffer | undefined {
    const key = this.erased.has(subjectId) ? undefined : this.groups.get(`${tenantId}/${subjectId}/${group}`);
    return key && deriveFieldKey(key, label);
  }
}

const MIGRATIONS: readonly MigrationClass[] = [
  TenantTables1790000000001,
  EventTables1790000000002,
  SubjectTables1790000000003,
  AuthTables1790000000005,
];

/** The columns that tests run in: SQLite always, MariaDB where a server is given. */
export const AUTH_DIALECTS: readonly ('sqlite' | 'mariadb')[] = process.env.TEST_MARIADB_URL
  ? ['sqlite', 'mariadb']
  : ['sqlite'];

/** Opens a fresh database with the platform and two tenants. */
export async function openAuthWorld(dialect: 'sqlite' | 'mariadb'): Promise<AuthWorld> {
  const { database, drop } = dialect === 'sqlite' ? await freshSqlite() : await freshMaria();
  const tenants = { platform: newId(), a: newId(), b: newId() };
  const open = await database.begin();
  await open.tx.insert(
    'tenant_tenant',
    ['id', 'slug', 'name', 'state', 'created_at'],
    [
      [tenants.platform, 'platform', 'Platform', 'active', 0],
      [tenants.a, 'shop-a', 'Shop A', 'active', 0],
      [tenants.b, 'shop-b', 'Shop B', 'active', 0],
    ],
  );
  await open.commit();
  return makeWorld({ database, clock: new ManualClock(Date.now()), tenants, keys: new MemoryKeys(), drop });
}

interface Base {
  readonly database: Database;
  readonly clock: ManualClock;
  readonly tenants: AuthWorld['tenants'];
  readonly keys: MemoryKeys;
  drop(): Promise<void>;
}

function makeWorld(base: Base): AuthWorld {
  const { database, clock, keys } = base;
  const lock = new WriterLock(database.exclusive);
  const journal = new JournalStep(clock);
  const ports: AuthPorts = {
    ...{ database, clock, keys },
    work: new UnitOfWork(database, journal, lock),
    committer: new Committer(database, journal, lock),
    subjects: new SubjectStep(clock, database.exclusive),
    feed: new InvalidationFeed(database),
    cipher: new KeyedFieldCipher(keys),
  };
  return {
    ...{ ports, clock, tenants: base.tenants, auth: createAuth(ports) },
    another: () => makeWorld(base),
    madeKeys: () => [...keys.tenants.keys()].map((place) => place.split('/')[0]!),
    erase: async (tenantId, subjectId) => {
      keys.erased.add(subjectId);
      const at = await database.databaseNow();
      const row = { kind: 'key', tenantId, ref: subjectId } as const;
      await ports.work.upkeep((tx) => announce(tx, at, row), new Set([tenantId]));
      await ports.feed.poll();
    },
    rows: async (tenantId, sql, params = []) =>
      runInTenant({ tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, () =>
        database.reader.all(sql, params),
      ),
    close: base.drop,
  };
}

async function freshSqlite(): Promise<{ database: Database; drop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'auth-'));
  const file = join(folder, 'data.db');
  await migrate({ target: { file }, migrations: MIGRATIONS });
  const database = new SqliteDatabase({ file, gate: checkingGate('sqlite'), readScope: contextScope });
  const drop = async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  };
  return { database, drop };
}

async function freshMaria(): Promise<{ database: Database; drop(): Promise<void> }> {
  const url = new URL(process.env.TEST_MARIADB_URL ?? '');
  const name = `auth_${newId().replaceAll('-', '')}`;
  const admin = await createConnection(String(url));
  await admin.query(`CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  await migrate({ target: { url: String(url) }, migrations: MIGRATIONS });
  const database = await MariaDatabase.open({
    url: String(url),
    gate: checkingGate('mariadb'),
    readScope: contextScope,
  });
  const drop = async () => {
    await database.close();
    await admin.query(`DROP DATABASE ${name}`);
    await admin.end();
  };
  return { database, drop };
}
