import { OperationalError, UnexpectedError } from '@libs/kernel';
import type { Pool, PoolConnection } from 'mysql2/promise';
import { assertOpen, type Database, type OpenTx } from '../database.js';
import type { GateScope, QueryGate } from '../gate/gate.js';
import type { SqlReader, SqlRow, SqlValue, Tx } from '../sql.js';
import { Answers, outcomeUnknown, threadsAtWork } from './answers.js';

/** How to reach the server, and what watches the statements. */
export interface MariaOptions {
  /** `mysql://user:password@host:port/database` */
  readonly url: string;
  readonly gate: QueryGate;
  /** Tenants that reads outside a transaction may touch. */
  readonly readScope: GateScope;
  /** Longest time of one read outside a transaction, seconds. */
  readonly readSeconds?: number;
}

const NO_ROOM = new Set(['ER_DISK_FULL', 'ER_RECORD_FILE_FULL', 'ER_OPTION_PREVENTS_STATEMENT', 'ER_READ_ONLY_MODE']);
const LINE_LOST = new Set(['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE']);
const TRANSIENT = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'PROTOCOL_CONNECTION_LOST', 'ECONNRESET']);
/** `ER_STATEMENT_TIMEOUT` of MariaDB; the driver has no name for it. */
const STATEMENT_TIMEOUT = 1969;
/** A read that takes longer holds a line that others wait for; the server ends it. */
const READ_SECONDS = 10;
/** Shorter than the deadline of an answer. */
const LOCK_WAIT_SECONDS = 7;

/** MariaDB 10.11+: pools for writing and reading, READ COMMITTED, durable or refused. */
export class MariaDatabase implements Database {
  readonly dialect = 'mariadb' as const;
  readonly exclusive = false;
  readonly reader: SqlReader;
  private readonly answers: Answers;

  private constructor(
    private readonly writers: Pool,
    private readonly readers: Pool,
    private readonly options: MariaOptions,
  ) {
    this.answers = new Answers(threadsAtWork(readers));
    this.reader = {
      dialect: 'mariadb',
      all: async <R extends object = SqlRow>(sql: string, params: readonly SqlValue[]) => {
        options.gate.check(sql, params, options.readScope);
        const [rows] = await readers.query(sql, [...params]).catch(refuseSlow);
        return rows as R[];
      },
    };
  }

  /** Connects and refuses a server that does not flush each commit (design 3). */
  static async open(options: MariaOptions): Promise<MariaDatabase> {
    const { url, readSeconds = READ_SECONDS } = options;
    const readers = await pool(url, 8, [
      'SET SESSION TRANSACTION READ ONLY',
      `SET SESSION max_statement_time = ${readSeconds}`,
    ]);
    const database = new MariaDatabase(await pool(url, 4), readers, options);
    try {
      await database.assertDurable();
    } catch (error) {
      await database.close();
      throw error;
    }
    return database;
  }

  async begin(scope: GateScope = this.options.readScope): Promise<OpenTx> {
    const { answers } = this;
    answers.assert();
    const connection = await answers.connection(this.writers.getConnection());
    try {
      await answers.of(connection, connection.query('START TRANSACTION'));
    } catch (error) {
      if (!answers.owes(connection)) connection.destroy();
      throw error;
    }
    const tx = new MariaTx({ connection, answers, gate: this.options.gate, scope });
    const commit = (): Promise<void> => {
      tx.end();
      return commitOn(connection, answers);
    };
    const rollback = (): Promise<void> => {
      if (tx.isEnded) return Promise.resolve();
      tx.end();
      return answers.rollback(connection, () => connection.query('ROLLBACK'));
    };
    return { tx, commit, rollback };
  }

  /** 503 `database.stalled` while the server owes an answer to a write. */
  assertAnswers(): void {
    this.answers.assert();
  }

  isTransient(error: unknown): boolean {
    return TRANSIENT.has(String((error as { code?: string }).code));
  }

  async databaseNow(): Promise<number> {
    const [rows] = await this.readers.query('SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) AS now');
    return Number((rows as { now: string | number }[])[0]!.now);
  }

  /** The settings that durability rests on, as the server has them. */
  async settings(): Promise<SqlRow> {
    // The isolation level has another name from MariaDB 11.1 on.
    const [rows] = await this.writers.query(
      "SHOW VARIABLES WHERE Variable_name IN ('innodb_flush_log_at_trx_commit', 'log_bin', 'sync_binlog', " +
        "'tx_isolation', 'transaction_isolation')",
    );
    const found = new Map(
      (rows as { Variable_name: string; Value: string }[]).map((row) => [row.Variable_name, row.Value]),
    );
    return {
      flush_log: found.get('innodb_flush_log_at_trx_commit') ?? null,
      log_bin: found.get('log_bin') ?? null,
      sync_binlog: found.get('sync_binlog') ?? null,
      isolation: found.get('transaction_isolation') ?? found.get('tx_isolation') ?? null,
    };
  }

  async close(): Promise<void> {
    this.answers.close();
    await Promise.all([this.writers.end(), this.readers.end()]);
  }

  private async assertDurable(): Promise<void> {
    const found = await this.settings();
    if (Number(found.flush_log) !== 1) {
      throw new UnexpectedError(
        'database.not-durable',
        'MariaDB has innodb_flush_log_at_trx_commit other than 1: acknowledged messages could be lost. Set it to 1.',
      );
    }
    if (found.log_bin === 'ON' && Number(found.sync_binlog) !== 1) {
      throw new UnexpectedError('database.not-durable', 'MariaDB has a binlog but sync_binlog is not 1. Set it to 1.');
    }
  }
}

interface TxParts {
  readonly connection: PoolConnection;
  readonly answers: Answers;
  readonly gate: QueryGate;
  readonly scope: GateScope;
}

class MariaTx implements Tx {
  readonly dialect = 'mariadb' as const;
  private ended = false;

  constructor(private readonly parts: TxParts) {}

  get isEnded(): boolean {
    return this.ended;
  }

  async all<R extends object = SqlRow>(sql: string, params: readonly SqlValue[]): Promise<R[]> {
    this.parts.gate.check(sql, params, this.parts.scope);
    const [rows] = await this.ask(sql, [...params]);
    return rows as R[];
  }

  async run(sql: string, params: readonly SqlValue[]): Promise<number> {
    this.parts.gate.check(sql, params, this.parts.scope);
    const [result] = await this.ask(sql, [...params]).catch(refuseDisk);
    return (result as { affectedRows: number }).affectedRows;
  }

  /** From now on every statement throws: the connection is back in the pool. */
  end(): void {
    this.ended = true;
  }

  async insert(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Promise<void> {
    if (rows.length === 0) return;
    this.parts.gate.checkRows(table, columns, rows, this.parts.scope);
    await this.ask(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ?`, [rows]).catch(refuseDisk);
  }

  private async ask(sql: string, values: unknown[]): Promise<unknown[]> {
    assertOpen(this.ended);
    const { connection, answers } = this.parts;
    return answers.of(connection, connection.query(sql, values));
  }
}

/** A server that is full or read-only is 503 with the code that SQLite has; the rest passes as it is. */
function refuseDisk(error: unknown): never {
  if (!NO_ROOM.has(String((error as { code?: string }).code))) throw error;
  throw new OperationalError('database.disk', 'The disk does not take writes', { cause: error });
}

/** What the server has ended because it took too long is 503: the same question may be answered when there is less to do. */
function refuseSlow(error: unknown): never {
  if ((error as { errno?: number }).errno !== STATEMENT_TIMEOUT) throw error;
  throw new OperationalError('database.read-too-long', 'The database took too long to find this', { cause: error });
}

/** `own` is what its sessions are told besides: a reader's refuses writes. `affectedRows` counts found rows, not changed ones, as SQLite does. */
async function pool(url: string, size: number, own: readonly string[] = []): Promise<Pool> {
  // Only who has a server loads its client.
  const { createPool } = await import('mysql2/promise');
  const made = createPool({
    uri: url,
    connectionLimit: size,
    timezone: 'Z',
    charset: 'utf8mb4',
    supportBigNumbers: true,
    flags: ['+FOUND_ROWS'],
  });
  made.on('connection', (connection) => {
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    connection.query(`SET SESSION innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`);
    for (const statement of own) connection.query(statement);
  });
  return made;
}

/** A line that is cut while the commit is under way leaves its outcome unknown: it is told so, and not done again. */
async function commitOn(connection: PoolConnection, answers: Answers): Promise<void> {
  try {
    await answers.of(connection, connection.query('COMMIT'), outcomeUnknown);
  } catch (error) {
    if (!answers.owes(connection)) connection.destroy();
    if (LINE_LOST.has(String((error as { code?: string }).code))) throw outcomeUnknown(error);
    return refuseDisk(error);
  }
  connection.release();
}
