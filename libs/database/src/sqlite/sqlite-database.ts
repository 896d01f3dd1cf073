import { OperationalError, UnexpectedError } from '@libs/kernel';
import Libsql from 'libsql';
import { assertOpen, type Database, type OpenTx } from '../database.js';
import type { GateScope, QueryGate } from '../gate/gate.js';
import { placeholders, type SqlReader, type SqlRow, type SqlValue, type Tx } from '../sql.js';
import { Checkpointer } from './checkpointer.js';
import type { CommitPlace } from './commit-place.js';
import { prepareLog } from './log-file.js';
import { PreparedRead } from './packed-reads.js';
import { type PackedRows, packRows } from './packed-rows.js';
import { type GatheredWrite, WriterThread } from './writer-thread.js';

type Connection = InstanceType<typeof Libsql>;
type Statement = ReturnType<Connection['prepare']>;

export interface SqliteOptions {
  readonly file: string;
  readonly gate: QueryGate;
  /** Tenants that reads outside a transaction may touch. */
  readonly readScope: GateScope;
  /** Pages of the log at which the writer itself copies it back; a thread does it before (see Checkpointer). */
  readonly autocheckpoint?: number;
  /** Length that the log has from the beginning, bytes (see prepareLog); default 0. */
  readonly preparedLog?: number;
  /** Which transactions that only add rows are committed on a thread of their own (see WriterThread); default none. */
  readonly place?: CommitPlace;
}

/** Pages of the log (of 2 KiB: about 41 MB) at which it is to begin anew: between two commits, which wait for that. */
const LONG_LOG_PAGES = 20_000;
/** Pages at which the writer itself copies the log back, should the thread for it be gone. */
const LAST_RESORT_PAGES = 60_000;
/** Memory for pages, KiB: of a connection that is always busy, and of one that writes now and then. */
const [BUSY_CACHE, SELDOM_CACHE] = [65_536, 16_384];

/** Copies what no reader needs any more from the log to the database; waits for nobody. */
const COPY_BACK = 'PRAGMA wal_checkpoint(PASSIVE)';

/** What every connection is asserted to have (design 3, issue point 9). */
const SETTINGS: Readonly<Record<string, number | string>> = {
  journal_mode: 'wal',
  synchronous: 2,
  secure_delete: 1,
  foreign_keys: 1,
};

/**
 * The embedded database. Writes come through the committer and units of work only, one transaction at a time: what only
 * adds rows is committed on a thread when there is much of it, the rest on a connection of this one; another one reads. A statement is
 * prepared once per text. Parameters always go in as one array: libsql takes a lone Buffer for named parameters and
 * the process dies (seen with 0.5.29).
 */
export class SqliteDatabase implements Database {
  readonly dialect = 'sqlite' as const;
  readonly exclusive = true;
  readonly reader: SqlReader;
  private readonly writer: Connection;
  private readonly readConnection: Connection;
  private readonly writes: Prepared;
  private readonly checkpointer: Checkpointer;
  private readonly thread: WriterThread | undefined;

  constructor(private readonly options: SqliteOptions) {
    const autocheckpoint = options.autocheckpoint ?? LAST_RESORT_PAGES;
    this.writer = openConnection(options.file, autocheckpoint, options.place ? SELDOM_CACHE : BUSY_CACHE);
    if (options.preparedLog) {
      this.writer.pragma('wal_checkpoint(TRUNCATE)');
      prepareLog(options.file, options.preparedLog);
    }
    this.readConnection = openConnection(options.file, 0);
    this.readConnection.pragma('query_only = ON');
    assertReadOnly(this.readConnection);
    this.writes = new Prepared(this.writer);
    if (options.place) {
      this.thread = new WriterThread({
        file: options.file,
        pragmas: pragmas(autocheckpoint),
        settings: SETTINGS,
        mostStatements: MOST_STATEMENTS,
      });
    }
    this.checkpointer = new Checkpointer(options.file, LONG_LOG_PAGES);
    const reads = new Prepared(this.readConnection);
    this.reader = {
      dialect: 'sqlite',
      all: <R extends object = SqlRow>(sql: string, params: readonly SqlValue[]) => {
        options.gate.check(sql, params, options.readScope);
        return reads.all<R>(sql, params);
      },
    };
  }

  begin(scope: GateScope = this.options.readScope): OpenTx {
    const thread = this.thread?.isAlive ? this.thread : undefined;
    const tx = new SqliteTx(this.writes, this.options.gate, scope, {
      gathering: thread !== undefined,
      beforeBegin: () => this.finishCopy(() => translate(() => this.writes.all(COPY_BACK, []))),
    });
    return {
      tx,
      commit: () => {
        const gathered = tx.end();
        this.checkpointer.wrote(tx.rows);
        if (gathered.length > 0 && this.isForThread(tx.rows)) {
          this.finishCopy(() => thread!.copyBack());
          return translateLate(thread!.commit(gathered));
        }
        if (gathered.length > 0) tx.beginHere();
        if (tx.begun) translate(() => this.writes.run('COMMIT', []));
      },
      rollback: () => {
        tx.end();
        if (this.writer.inTransaction) this.writes.run('ROLLBACK', []);
      },
    };
  }

  /** Copying the last pages of the log waits for the disk: on the thread that holds up nobody, however few the rows. */
  private isForThread(rows: number): boolean {
    return this.options.place!.onThread(rows) || this.checkpointer.isAlmostDone;
  }

  /**
   * The last pages, between two transactions and by whoever commits the second: after that it writes at the beginning of
   * the log.
   */
  private finishCopy(copyBack: () => void): void {
    if (!this.checkpointer.isAlmostDone) return;
    this.checkpointer.takeEnd();
    copyBack();
  }

  isTransient(error: unknown): boolean {
    return (error as { code?: string }).code === 'SQLITE_BUSY';
  }

  async databaseNow(): Promise<number> {
    return Date.now();
  }

  /** Values of the settings that durability rests on, per connection; asserted by a test. */
  settings(): { readonly writer: SqlRow; readonly reader: SqlRow } {
    return { writer: readSettings(this.writer), reader: readSettings(this.readConnection) };
  }

  async close(): Promise<void> {
    await this.checkpointer.close();
    await this.thread?.close();
    this.readConnection.close();
    this.writer.pragma('wal_checkpoint(TRUNCATE)');
    this.writer.close();
  }
}

/**
 * Rows to add are gathered while nothing is asked: if it stays so they are committed on the thread. The first other
 * statement begins the transaction here, with what was gathered.
 */
class SqliteTx implements Tx {
  readonly dialect = 'sqlite' as const;
  begun = false;
  /** Rows changed so far; of gathered ones, those to add. */
  rows = 0;
  private ended = false;
  private gathered: GatheredWrite[] = [];

  constructor(
    private readonly statements: Prepared,
    private readonly gate: QueryGate,
    private readonly scope: GateScope,
    private readonly beginning: { readonly gathering: boolean; readonly beforeBegin: () => void },
  ) {
    if (!beginning.gathering) this.beginHere();
  }

  all<R extends object = SqlRow>(sql: string, params: readonly SqlValue[]): R[] {
    assertOpen(this.ended);
    this.gate.check(sql, params, this.scope);
    this.beginHere();
    return this.statements.all<R>(sql, params);
  }

  run(sql: string, params: readonly SqlValue[]): number {
    assertOpen(this.ended);
    this.gate.check(sql, params, this.scope);
    this.beginHere();
    const changed = translate(() => this.statements.run(sql, params));
    this.rows += changed;
    return changed;
  }

  insert(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): void {
    if (rows.length === 0) return;
    assertOpen(this.ended);
    this.gate.checkRows(table, columns, rows, this.scope);
    this.rows += rows.length;
    const packed = packRows(table, columns, rows);
    const write = packed ? { sql: packed.sql, runs: [packed.params] } : { sql: insertText(table, columns), runs: rows };
    if (this.begun) this.write(write);
    else this.gathered.push(packed ? kept(packed) : write);
  }

  /**
   * From now on every statement throws: work that is late must not land in somebody else's transaction. Answers what was
   * gathered and not written here.
   */
  end(): readonly GatheredWrite[] {
    this.ended = true;
    return this.gathered;
  }

  /** Begins on this connection, with what was gathered. */
  beginHere(): void {
    if (this.begun) return;
    this.beginning.beforeBegin();
    translate(() => this.statements.run('BEGIN IMMEDIATE', []));
    this.begun = true;
    for (const write of this.gathered.splice(0)) this.write(write);
  }

  private write({ sql, runs }: GatheredWrite): void {
    const statement = this.statements.get(sql);
    translate(() => {
      for (const row of runs) statement.run(row as SqlValue[]);
    });
  }
}

/** The cells of packed rows lie in memory that the next ones overwrite; what is kept of them has memory of its own. */
function kept({ sql, params }: PackedRows): GatheredWrite {
  const memory: ArrayBuffer[] = [];
  const run = params.map((value) => {
    if (!Buffer.isBuffer(value)) return value;
    const buffer = new ArrayBuffer(value.length);
    memory.push(buffer);
    const own = Buffer.from(buffer);
    value.copy(own);
    return own;
  });
  return { sql, runs: [run], memory };
}

/** Texts by the identity of the column list: callers keep their lists as constants. */
const texts = new WeakMap<readonly string[], string>();

function insertText(table: string, columns: readonly string[]): string {
  let text = texts.get(columns);
  if (text === undefined) {
    text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${placeholders(columns.length)})`;
    texts.set(columns, text);
  }
  return text;
}

/** Texts are few by construction; should some caller make ever new ones, the oldest goes instead of all memory. */
const MOST_STATEMENTS = 2000;

class Prepared {
  private readonly statements = new Map<string, Statement>();
  private readonly reads = new WeakMap<Statement, PreparedRead>();

  constructor(private readonly connection: Connection) {}

  get(sql: string): Statement {
    let statement = this.statements.get(sql);
    if (!statement) {
      if (this.statements.size >= MOST_STATEMENTS) this.statements.delete(this.statements.keys().next().value!);
      statement = this.connection.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  all<R extends object>(sql: string, params: readonly SqlValue[]): R[] {
    const statement = this.get(sql);
    let read = this.reads.get(statement);
    if (!read) {
      read = new PreparedRead(this.connection, sql, statement);
      this.reads.set(statement, read);
    }
    return read.all<R>(params);
  }

  run(sql: string, params: readonly SqlValue[]): number {
    return this.get(sql).run(params as SqlValue[]).changes;
  }
}

function pragmas(autocheckpoint: number, cache = BUSY_CACHE): readonly string[] {
  return [
    'journal_mode = WAL',
    'synchronous = FULL',
    'secure_delete = ON',
    'foreign_keys = ON',
    'busy_timeout = 5000',
    `cache_size = -${cache}`,
    'temp_store = MEMORY',
    `wal_autocheckpoint = ${autocheckpoint}`,
  ];
}

function openConnection(file: string, autocheckpoint: number, cache?: number): Connection {
  const connection = new Libsql(file);
  for (const pragma of pragmas(autocheckpoint, cache)) connection.pragma(pragma);
  const found = readSettings(connection);
  for (const [name, wanted] of Object.entries(SETTINGS)) {
    if (found[name] !== wanted) {
      throw new UnexpectedError('database.setting', `SQLite setting ${name} is ${found[name]}, must be ${wanted}`);
    }
  }
  return connection;
}

function readSettings(connection: Connection): SqlRow {
  const row: SqlRow = {};
  for (const name of Object.keys(SETTINGS)) {
    row[name] = Object.values((connection.prepare(`PRAGMA ${name}`).all([]) as SqlRow[])[0] ?? {})[0] ?? null;
  }
  return row;
}

/** libsql ignores `readonly`; so the reading connection proves that it cannot write. */
function assertReadOnly(connection: Connection): void {
  try {
    connection.exec('CREATE TABLE read_only_probe (x INTEGER)');
  } catch {
    return;
  }
  throw new UnexpectedError('database.reader-writes', 'The reading connection could write');
}

function translate<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explained(error);
  }
}

function translateLate(work: Promise<void>): Promise<void> {
  return work.catch((error: unknown) => {
    throw explained(error);
  });
}

/** Full or read-only disks become 503 with a stable code; the rest passes as it is. */
function explained(error: unknown): unknown {
  const code = String((error as { code?: string }).code ?? '');
  if (!/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/.test(code)) return error;
  return new OperationalError('database.disk', 'The disk does not take writes', { cause: error });
}
