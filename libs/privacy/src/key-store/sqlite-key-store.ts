import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OperationalError } from '@libs/kernel';
import type { KeyGroup } from '@libs/privacy-core';
import Database from 'libsql';
import { makePrivateFolder, syncFolder } from '../durable/durable-file.js';
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
import {
  chunks,
  PACKED_SQL,
  type Row,
  text,
  toKekState,
  toTenantKey,
  toWrapped,
  unpackGroup,
  unpackSubject,
} from './key-store.rows.js';
import { COPY_SQL, KEY_STORE_VERSION, SQLITE_SCHEMA, STALE_SQL } from './key-store.schema.js';

type Connection = InstanceType<typeof Database>;
type Parameter = string | number | Buffer;

const PRIVATE_FILE = 0o600;
const PRAGMAS = { journal_mode: 'wal', synchronous: 2, secure_delete: 1, busy_timeout: 10_000 } as const;

/** The key store of the embedded product: a file of its own in `keys/`. */
export class SqliteKeyStore implements KeyStore {
  private connection: Connection | undefined;

  constructor(private readonly path: string) {}

  async open(): Promise<void> {
    makePrivateFolder(dirname(this.path));
    // SQLite gives its log the mode of the database, so the file must be private before SQLite makes it.
    closeSync(openSync(this.path, 'a', PRIVATE_FILE));
    const connection = new Database(this.path);
    this.connection = connection;
    for (const [name, value] of Object.entries(PRAGMAS).reverse()) connection.exec(`PRAGMA ${name}=${value}`);
    for (const [name, value] of Object.entries(PRAGMAS)) {
      if (this.pragma(name) !== value) {
        throw new OperationalError('privacy.key-store-unsafe', `The key store refuses ${name}=${value}.`);
      }
    }
    this.migrate();
  }

  async close(): Promise<void> {
    this.connection?.close();
    this.connection = undefined;
  }

  async kekState(tenantId: string): Promise<KekState | undefined> {
    return this.readKek(tenantId);
  }

  async startKek(tenantId: string, version: number, now: number): Promise<KekState> {
    return this.write(() => {
      this.run('INSERT OR IGNORE INTO keystore_kek_state VALUES (?, ?, ?, ?)', [tenantId, version, 'steady', now]);
      return this.readKek(tenantId)!;
    });
  }

  async moveKek(tenantId: string, from: KekState, to: KekState): Promise<boolean> {
    const changed = this.write(() =>
      this.run(
        'UPDATE keystore_kek_state SET current_version = ?, phase = ?, since = ? ' +
          'WHERE tenant_id = ? AND current_version = ? AND phase = ?',
        [to.version, to.phase, to.since, tenantId, from.version, from.phase],
      ),
    );
    return changed === 1;
  }

  async tenants(): Promise<readonly string[]> {
    return this.all('SELECT tenant_id FROM keystore_kek_state ORDER BY tenant_id').map((row) => text(row.tenant_id));
  }

  async tenantsToRotate(): Promise<readonly string[]> {
    return this.all(STALE_SQL.toRotate).map((row) => text(row.tenant_id));
  }

  async addSubjects(
    tenantId: string,
    kekVersion: number,
    keys: readonly NewSubjectKey[],
    now: number,
  ): Promise<AddOutcome> {
    return this.write(() => {
      if (this.readKek(tenantId)?.version !== kekVersion) return 'stale-kek';
      const added = new Set<string>();
      for (const { subjectId, wrapped, groups } of keys) {
        const row = [tenantId, subjectId, kekVersion, wrapped, now];
        if (this.run(`${INSERT_SUBJECT} VALUES (?, ?, 'live', ?, ?, ?)`, row) === 0) continue;
        added.add(subjectId);
        for (const group of groups) this.insertGroup(tenantId, { subjectId, ...group }, now);
      }
      return added;
    });
  }

  async readSubjects(
    tenantId: string,
    subjectIds: readonly string[],
    names: readonly KeyGroup[],
  ): Promise<{ readonly subjects: readonly SubjectKeyRow[]; readonly groups: readonly GroupKeyRow[] }> {
    const ids = JSON.stringify(subjectIds);
    return this.transaction('BEGIN', () => ({
      subjects: this.packed(PACKED_SQL.subjects, [tenantId, ids]).map(unpackSubject),
      groups: this.packed(PACKED_SQL.groups, [tenantId, ids, JSON.stringify(names)]).map(unpackGroup),
    }));
  }

  async addGroups(tenantId: string, rows: readonly GroupKeyRow[], now: number): Promise<void> {
    this.write(() => {
      for (const row of rows) {
        const live = this.all(
          "SELECT 1 FROM keystore_subject_key WHERE tenant_id = ? AND subject_id = ? AND state = 'live'",
          [tenantId, row.subjectId],
        );
        if (live.length > 0) this.insertGroup(tenantId, row, now);
      }
    });
  }

  async readTenantKeys(tenantId: string, names: readonly string[]): Promise<readonly TenantKeyRow[]> {
    return chunks(names).flatMap((chunk) =>
      this.all(`SELECT * FROM keystore_tenant_key WHERE tenant_id = ? AND name IN (${chunk.map(() => '?').join()})`, [
        tenantId,
        ...chunk,
      ]).map(toTenantKey),
    );
  }

  async addTenantKey(
    tenantId: string,
    kekVersion: number,
    key: { readonly name: string; readonly wrapped: Buffer },
    now: number,
  ): Promise<WriteOutcome> {
    return this.write(() => {
      if (this.readKek(tenantId)?.version !== kekVersion) return 'stale-kek';
      this.run(
        'INSERT OR IGNORE INTO keystore_tenant_key (tenant_id, name, state, kek_version, wrapped, created_at) ' +
          "VALUES (?, ?, 'live', ?, ?, ?)",
        [tenantId, key.name, kekVersion, key.wrapped, now],
      );
      return 'written';
    });
  }

  async destroySubject(tenantId: string, subjectId: string, now: number): Promise<void> {
    this.write(() => {
      this.run('DELETE FROM keystore_group_key WHERE tenant_id = ? AND subject_id = ?', [tenantId, subjectId]);
      this.run(`${INSERT_SUBJECT} VALUES (?, ?, 'destroyed', 0, NULL, ?)`, [tenantId, subjectId, now]);
      this.run(
        "UPDATE keystore_subject_key SET state = 'destroyed', wrapped = NULL, destroyed_at = ? " +
          'WHERE tenant_id = ? AND subject_id = ? AND destroyed_at IS NULL',
        [now, tenantId, subjectId],
      );
    });
  }

  async destroyTenantKey(tenantId: string, name: string, now: number): Promise<void> {
    this.write(() =>
      this.run(
        "UPDATE keystore_tenant_key SET state = 'destroyed', wrapped = NULL, destroyed_at = ? " +
          'WHERE tenant_id = ? AND name = ? AND destroyed_at IS NULL',
        [now, tenantId, name],
      ),
    );
  }

  async staleRows(tenantId: string, version: number, limit: number): Promise<readonly WrappedRow[]> {
    return this.all(STALE_SQL.rows, [tenantId, version, tenantId, version, limit]).map(toWrapped);
  }

  async countStale(tenantId: string, version: number): Promise<number> {
    return this.all(STALE_SQL.rows, [tenantId, version, tenantId, version, 1]).length;
  }

  async replaceWrapped(tenantId: string, version: number, rows: readonly RewrappedRow[]): Promise<WriteOutcome> {
    return this.write(() => {
      if (this.readKek(tenantId)?.version !== version) return 'stale-kek';
      for (const { old, wrapped } of rows) {
        this.run(STALE_SQL.replace[old.kind], [wrapped, version, tenantId, old.id, old.wrapped]);
      }
      return 'written';
    });
  }

  async unconfirmedSubjects(before: number, limit: number): Promise<readonly UnconfirmedSubject[]> {
    return this.all(STALE_SQL.unconfirmed, [before, limit]).map((row) => ({
      tenantId: text(row.tenant_id),
      subjectId: text(row.subject_id),
    }));
  }

  async confirmSubjects(tenantId: string, subjectIds: readonly string[]): Promise<void> {
    this.write(() => {
      for (const id of subjectIds) {
        this.run('UPDATE keystore_subject_key SET confirmed = 1 WHERE tenant_id = ? AND subject_id = ?', [
          tenantId,
          id,
        ]);
      }
    });
  }

  async copyInto(folder: string, name: string): Promise<string> {
    makePrivateFolder(folder);
    const path = join(folder, `${name}.db`);
    const unfinished = join(folder, `.${name}.unfinished`);
    rmSync(unfinished, { force: true });
    closeSync(openSync(unfinished, 'a', PRIVATE_FILE));
    this.run('VACUUM INTO ?', [unfinished]);
    const descriptor = openSync(unfinished, 'r+');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(unfinished, path);
    syncFolder(folder);
    return path;
  }

  async inspectCopy(path: string, tenantId: string, version: number): Promise<CopyContents> {
    const copy = new Database(path, { fileMustExist: true });
    try {
      const read = (sql: string, values: readonly Parameter[] = []) => copy.prepare(sql).all(...values) as Row[];
      if (read('PRAGMA integrity_check')[0]?.integrity_check !== 'ok') throw damagedCopy(path);
      const stale = read(STALE_SQL.rows, [tenantId, version, tenantId, version, 1]).length;
      const live = Number(read(COPY_SQL.live, [tenantId, tenantId])[0]?.n);
      return { stale, live, sample: read(COPY_SQL.sample, [tenantId, tenantId]).map(toWrapped) };
    } finally {
      copy.close();
    }
  }

  private migrate(): void {
    this.write(() => {
      const found = Number(this.pragma('user_version'));
      if (found > KEY_STORE_VERSION) {
        throw new OperationalError('privacy.key-store-newer', 'A newer program has written this key store.');
      }
      for (const statement of SQLITE_SCHEMA.slice(found).flat()) this.db.exec(statement);
      this.db.exec(`PRAGMA user_version=${KEY_STORE_VERSION}`);
    });
  }

  private get db(): Connection {
    if (this.connection === undefined)
      throw new OperationalError('privacy.key-store-closed', 'The key store is closed.');
    return this.connection;
  }

  private pragma(name: string): string | number | undefined {
    return Object.values(this.all(`PRAGMA ${name}`)[0] ?? {})[0] as string | number | undefined;
  }

  private readKek(tenantId: string): KekState | undefined {
    const [row] = this.all('SELECT * FROM keystore_kek_state WHERE tenant_id = ?', [tenantId]);
    return row && toKekState(row);
  }

  private insertGroup(tenantId: string, { subjectId, group, wrapped }: GroupKeyRow, now: number): void {
    const row = [tenantId, subjectId, group, wrapped, now];
    this.run('INSERT OR IGNORE INTO keystore_group_key VALUES (?, ?, ?, ?, ?)', row);
  }

  /** Takes the write lock first, so that what is read inside stays true until the commit. */
  private write<T>(work: () => T): T {
    return this.transaction('BEGIN IMMEDIATE', work);
  }

  private transaction<T>(begin: string, work: () => T): T {
    this.db.exec(begin);
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      throw diskRefusal(error);
    }
  }

  private run(sql: string, values: readonly Parameter[]): number {
    return this.db.prepare(sql).run(...values).changes;
  }

  /** All rows of a statement that answers them as one JSON text. */
  private packed(sql: string, values: readonly Parameter[]): readonly (readonly (string | number)[])[] {
    return JSON.parse(text(this.all(sql, values)[0]!.found));
  }

  private all(sql: string, values: readonly Parameter[] = []): readonly Row[] {
    return this.db.prepare(sql).all(...values) as Row[];
  }
}

const INSERT_SUBJECT =
  'INSERT OR IGNORE INTO keystore_subject_key (tenant_id, subject_id, state, kek_version, wrapped, created_at)';

/** A full or read-only disk is 503 with a stable code; the rest passes as it is. */
function diskRefusal(error: unknown): unknown {
  if (!/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/.test(String((error as { code?: string }).code ?? ''))) return error;
  return new OperationalError('privacy.key-store-disk', 'The disk of the key store does not take writes.', {
    cause: error,
  });
}

function damagedCopy(path: string): OperationalError {
  return new OperationalError('privacy.copy-damaged', `The copy ${path} of the key store is damaged.`);
}
