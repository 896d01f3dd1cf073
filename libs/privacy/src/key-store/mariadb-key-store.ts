import { Answers, threadsAtWork } from '@libs/database';
import { OperationalError } from '@libs/kernel';
import type { KeyGroup } from '@libs/privacy-core';
import type { Connection } from 'mysql2';
import type { Pool, PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { readCopyLines, writeCopyLines } from './key-store.copy.js';
import type {
  AddOutcome,
  CopyContents,
  GroupKeyRow,
  KekState,
  KeyStore,
  NewSubjectKey,
  RewrappedRow,
  SubjectKeyRow,
  TenantKeyRow,
  UnconfirmedSubject,
  WrappedRow,
  WriteOutcome,
} from './key-store.port.js';
import { chunks, type Row, text, toGroup, toKekState, toSubject, toTenantKey, toWrapped } from './key-store.rows.js';
import { KEY_STORE_VERSION, MARIADB_SCHEMA, STALE_SQL } from './key-store.schema.js';

type Parameter = string | number | Buffer | null;

const ATTEMPTS = 5;
/** Deadlock and lock wait: the server undid the transaction, it may simply be done again. */
const RETRIED = new Set([1213, 1205]);
const COPIED_TABLES = [
  'keystore_kek_state',
  'keystore_subject_key',
  'keystore_group_key',
  'keystore_tenant_key',
] as const;

/** The key store of a production: a schema with a login of its own, apart from the data's. */
export class MariadbKeyStore implements KeyStore {
  private pool: Pool | undefined;
  private answers: Answers | undefined;

  constructor(private readonly url: string) {}

  async open(): Promise<void> {
    const { createPool } = await import('mysql2/promise');
    this.pool = createPool({ uri: this.url, connectionLimit: 4, charset: 'utf8mb4', timezone: 'Z' });
    this.pool.on('connection', (connection) => connection.query('SET SESSION innodb_lock_wait_timeout = 7'));
    this.answers = new Answers(threadsAtWork(this.pool));
    const [settings] = await this.read(
      'SELECT @@innodb_flush_log_at_trx_commit AS flush, @@log_bin AS binlog, @@sync_binlog AS sync_binlog',
    );
    if (settings?.flush !== 1 || (settings.binlog === 1 && settings.sync_binlog !== 1)) {
      throw new OperationalError(
        'privacy.key-store-unsafe',
        'The key store needs innodb_flush_log_at_trx_commit=1 and, with a binlog, sync_binlog=1.',
      );
    }
    await this.migrate();
  }

  async close(): Promise<void> {
    this.answers?.close();
    await this.pool?.end();
    this.pool = undefined;
  }

  async kekState(tenantId: string): Promise<KekState | undefined> {
    const [row] = await this.read('SELECT * FROM keystore_kek_state WHERE tenant_id = ?', [tenantId]);
    return row && toKekState(row);
  }

  async startKek(tenantId: string, version: number, now: number): Promise<KekState> {
    return this.write(async (tx) => {
      await tx.run('INSERT IGNORE INTO keystore_kek_state VALUES (?, ?, ?, ?)', [tenantId, version, 'steady', now]);
      return toKekState((await tx.all('SELECT * FROM keystore_kek_state WHERE tenant_id = ?', [tenantId]))[0]!);
    });
  }

  async moveKek(tenantId: string, from: KekState, to: KekState): Promise<boolean> {
    return this.write(
      async (tx) =>
        (await tx.run(
          'UPDATE keystore_kek_state SET current_version = ?, phase = ?, since = ? ' +
            'WHERE tenant_id = ? AND current_version = ? AND phase = ?',
          [to.version, to.phase, to.since, tenantId, from.version, from.phase],
        )) === 1,
    );
  }

  async tenants(): Promise<readonly string[]> {
    const rows = await this.read('SELECT tenant_id FROM keystore_kek_state ORDER BY tenant_id');
    return rows.map((row) => text(row.tenant_id));
  }

  async tenantsToRotate(): Promise<readonly string[]> {
    return (await this.read(STALE_SQL.toRotate)).map((row) => text(row.tenant_id));
  }

  async addSubjects(
    tenantId: string,
    kekVersion: number,
    keys: readonly NewSubjectKey[],
    now: number,
  ): Promise<AddOutcome> {
    return this.write(async (tx) => {
      if (!(await tx.inForce(tenantId, kekVersion))) return 'stale-kek';
      const added = new Set<string>();
      for (const { subjectId, wrapped, groups } of keys) {
        const row = [tenantId, subjectId, kekVersion, wrapped, now];
        if ((await tx.run(`${INSERT_SUBJECT} VALUES (?, ?, 'live', ?, ?, ?)`, row)) === 0) continue;
        added.add(subjectId);
        for (const { group, wrapped: groupKey } of groups) {
          await tx.run(INSERT_GROUP, [tenantId, subjectId, group, groupKey, now]);
        }
      }
      return added;
    });
  }

  async readSubjects(
    tenantId: string,
    subjectIds: readonly string[],
    names: readonly KeyGroup[],
  ): Promise<{ readonly subjects: readonly SubjectKeyRow[]; readonly groups: readonly GroupKeyRow[] }> {
    const subjects: SubjectKeyRow[] = [];
    const groups: GroupKeyRow[] = [];
    const named = names.length === 0 ? 'FALSE' : `g.group_name IN (${names.map(() => '?').join()})`;
    for (const ids of chunks(subjectIds)) {
      // One statement, so that subject and group rows are of one moment without a transaction.
      const rows = await this.read(
        'SELECT s.subject_id, s.state, s.kek_version, s.wrapped, g.group_name, g.wrapped AS group_wrapped ' +
          'FROM keystore_subject_key s LEFT JOIN keystore_group_key g ' +
          `ON g.tenant_id = s.tenant_id AND g.subject_id = s.subject_id AND ${named} ` +
          `WHERE s.tenant_id = ? AND s.subject_id IN (${ids.map(() => '?').join()})`,
        [...names, tenantId, ...ids],
      );
      subjects.push(...new Map(rows.map((row) => [row.subject_id, toSubject(row)])).values());
      const withGroup = rows.filter((row) => row.group_name !== null);
      groups.push(...withGroup.map((row) => toGroup({ ...row, wrapped: row.group_wrapped! })));
    }
    return { subjects, groups };
  }

  async addGroups(tenantId: string, rows: readonly GroupKeyRow[], now: number): Promise<void> {
    await this.write(async (tx) => {
      const sorted = [...rows].sort((a, b) => (a.subjectId < b.subjectId ? -1 : 1));
      for (const { subjectId, group, wrapped } of sorted) {
        const live = await tx.all(
          "SELECT 1 FROM keystore_subject_key WHERE tenant_id = ? AND subject_id = ? AND state = 'live' " +
            'LOCK IN SHARE MODE',
          [tenantId, subjectId],
        );
        if (live.length > 0) await tx.run(INSERT_GROUP, [tenantId, subjectId, group, wrapped, now]);
      }
    });
  }

  async readTenantKeys(tenantId: string, names: readonly string[]): Promise<readonly TenantKeyRow[]> {
    const found: TenantKeyRow[] = [];
    for (const chunk of chunks(names)) {
      const marks = chunk.map(() => '?').join();
      const sql = `SELECT * FROM keystore_tenant_key WHERE tenant_id = ? AND name IN (${marks})`;
      found.push(...(await this.read(sql, [tenantId, ...chunk])).map(toTenantKey));
    }
    return found;
  }

  async addTenantKey(
    tenantId: string,
    kekVersion: number,
    key: { readonly name: string; readonly wrapped: Buffer },
    now: number,
  ): Promise<WriteOutcome> {
    return this.write(async (tx) => {
      if (!(await tx.inForce(tenantId, kekVersion))) return 'stale-kek';
      await tx.run(
        'INSERT IGNORE INTO keystore_tenant_key (tenant_id, name, state, kek_version, wrapped, created_at) ' +
          "VALUES (?, ?, 'live', ?, ?, ?)",
        [tenantId, key.name, kekVersion, key.wrapped, now],
      );
      return 'written';
    });
  }

  async destroySubject(tenantId: string, subjectId: string, now: number): Promise<void> {
    await this.write(async (tx) => {
      // The subject's row first: it is what writers of groups lock too.
      await tx.run(`${INSERT_SUBJECT} VALUES (?, ?, 'destroyed', 0, NULL, ?)`, [tenantId, subjectId, now]);
      await tx.run(
        "UPDATE keystore_subject_key SET state = 'destroyed', wrapped = NULL, destroyed_at = ? " +
          'WHERE tenant_id = ? AND subject_id = ? AND destroyed_at IS NULL',
        [now, tenantId, subjectId],
      );
      await tx.run('DELETE FROM keystore_group_key WHERE tenant_id = ? AND subject_id = ?', [tenantId, subjectId]);
    });
  }

  async destroyTenantKey(tenantId: string, name: string, now: number): Promise<void> {
    await this.write((tx) =>
      tx.run(
        "UPDATE keystore_tenant_key SET state = 'destroyed', wrapped = NULL, destroyed_at = ? " +
          'WHERE tenant_id = ? AND name = ? AND destroyed_at IS NULL',
        [now, tenantId, name],
      ),
    );
  }

  async staleRows(tenantId: string, version: number, limit: number): Promise<readonly WrappedRow[]> {
    return (await this.read(STALE_SQL.rows, [tenantId, version, tenantId, version, limit])).map(toWrapped);
  }

  async countStale(tenantId: string, version: number): Promise<number> {
    return (await this.staleRows(tenantId, version, 1)).length;
  }

  async replaceWrapped(tenantId: string, version: number, rows: readonly RewrappedRow[]): Promise<WriteOutcome> {
    return this.write(async (tx) => {
      if (!(await tx.inForce(tenantId, version))) return 'stale-kek';
      const sorted = [...rows].sort((a, b) => (a.old.id < b.old.id ? -1 : 1));
      for (const { old, wrapped } of sorted) {
        await tx.run(STALE_SQL.replace[old.kind], [wrapped, version, tenantId, old.id, old.wrapped]);
      }
      return 'written';
    });
  }

  async unconfirmedSubjects(before: number, limit: number): Promise<readonly UnconfirmedSubject[]> {
    const rows = await this.read(STALE_SQL.unconfirmed, [before, limit]);
    return rows.map((row) => ({ tenantId: text(row.tenant_id), subjectId: text(row.subject_id) }));
  }

  async confirmSubjects(tenantId: string, subjectIds: readonly string[]): Promise<void> {
    await this.write(async (tx) => {
      for (const id of [...subjectIds].sort()) {
        await tx.run('UPDATE keystore_subject_key SET confirmed = 1 WHERE tenant_id = ? AND subject_id = ?', [
          tenantId,
          id,
        ]);
      }
    });
  }

  async copyInto(folder: string, name: string): Promise<string> {
    return this.withConnection(async (connection) => {
      await connection.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
      try {
        return await writeCopyLines(folder, name, COPIED_TABLES, async function* (table) {
          // Streamed: a store of millions of keys never lies in memory as a whole.
          const raw = connection.connection as unknown as Connection;
          const rows = raw.query(`SELECT * FROM ${table}`).stream({ highWaterMark: 500 });
          for await (const row of rows) yield row as Row;
        });
      } finally {
        await connection.query('ROLLBACK');
      }
    });
  }

  async inspectCopy(path: string, tenantId: string, version: number): Promise<CopyContents> {
    return readCopyLines(path, tenantId, version);
  }

  private async migrate(): Promise<void> {
    await this.withConnection(async (connection) => {
      const [locked] = await connection.query<RowDataPacket[]>("SELECT GET_LOCK('keystore-migration', 30) AS got");
      if (locked[0]?.got !== 1) throw new OperationalError('privacy.key-store-locked', 'Another process is migrating.');
      try {
        await connection.query('CREATE TABLE IF NOT EXISTS keystore_migration (version INT NOT NULL PRIMARY KEY)');
        const [rows] = await connection.query<RowDataPacket[]>(
          'SELECT MAX(version) AS version FROM keystore_migration',
        );
        const found = Number(rows[0]?.version ?? 0);
        if (found > KEY_STORE_VERSION) {
          throw new OperationalError('privacy.key-store-newer', 'A newer program has written this key store.');
        }
        for (let version = found; version < KEY_STORE_VERSION; version++) {
          for (const statement of MARIADB_SCHEMA[version]!) {
            // The server commits each statement by itself; after a crash the next start finds some of them done.
            await connection.query(statement.replace('CREATE TABLE', 'CREATE TABLE IF NOT EXISTS'));
          }
          await connection.query('INSERT INTO keystore_migration VALUES (?)', [version + 1]);
        }
      } finally {
        await connection.query("DO RELEASE_LOCK('keystore-migration')");
      }
    });
  }

  private async read(sql: string, values: readonly Parameter[] = []): Promise<readonly Row[]> {
    return this.withConnection(async (connection) => {
      const [rows] = await connection.query<RowDataPacket[]>(sql, [...values]);
      return rows as readonly Row[];
    });
  }

  private async write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.inTransaction(work);
      } catch (error) {
        if (attempt === ATTEMPTS || !RETRIED.has((error as { errno?: number }).errno ?? 0)) throw error;
      }
    }
  }

  /** Every answer has a deadline: a server whose disk is full waits for room, and newcomers would wait with it. */
  private async inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { pool, answers } = this;
    if (!pool || !answers) throw new OperationalError('privacy.key-store-closed', 'The key store is closed.');
    const connection = await answers.connection(pool.getConnection());
    const ask: Ask = (sql, values = []) => answers.of(connection, connection.query(sql, [...values]));
    try {
      await ask('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
      await ask('START TRANSACTION');
      const result = await work(new Transaction(ask));
      await ask('COMMIT');
      connection.release();
      return result;
    } catch (error) {
      await answers.rollback(connection, () => connection.query('ROLLBACK'));
      throw error;
    }
  }

  private async withConnection<T>(work: (connection: PoolConnection) => Promise<T>): Promise<T> {
    if (this.pool === undefined) throw new OperationalError('privacy.key-store-closed', 'The key store is closed.');
    const connection = await this.pool.getConnection();
    try {
      return await work(connection);
    } finally {
      connection.release();
    }
  }
}

const INSERT_SUBJECT =
  'INSERT IGNORE INTO keystore_subject_key (tenant_id, subject_id, state, kek_version, wrapped, created_at)';
const INSERT_GROUP = 'INSERT IGNORE INTO keystore_group_key VALUES (?, ?, ?, ?, ?)';

/** Asks the server on one connection. */
type Ask = (sql: string, values?: readonly Parameter[]) => Promise<unknown[]>;

class Transaction {
  constructor(private readonly ask: Ask) {}

  async all(sql: string, values: readonly Parameter[]): Promise<readonly Row[]> {
    const [rows] = await this.ask(sql, values);
    return rows as readonly Row[];
  }

  async run(sql: string, values: readonly Parameter[]): Promise<number> {
    const [result] = await this.ask(sql, values);
    return (result as ResultSetHeader).affectedRows;
  }

  /** True when this KEK version is in force, and stays so until the commit: a rotation waits for this lock. */
  async inForce(tenantId: string, version: number): Promise<boolean> {
    const [row] = await this.all(
      'SELECT current_version FROM keystore_kek_state WHERE tenant_id = ? LOCK IN SHARE MODE',
      [tenantId],
    );
    return row?.current_version === version;
  }
}
