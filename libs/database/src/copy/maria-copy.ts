import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Connection as RawConnection } from 'mysql2';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { SqlRow } from '../sql.js';
import { encodeLine, readRowLines, type TableHead } from './row-lines.js';
import { type CopyAnswers, type CopyOptions, diskError, type Progress } from './table-place.js';

const PRIVATE_FILE = 0o600;
const ROWS_PER_INSERT = 500;
const TOLD_EACH = 10_000;

/** Tables of the schema, without views. */
const TABLES =
  'SELECT TABLE_NAME AS name, COALESCE(TABLE_ROWS, 0) AS about FROM information_schema.TABLES ' +
  "WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME";

/**
 * Copies a MariaDB schema as it is at one moment: all tables are read in one consistent snapshot, while others write. Each
 * becomes a file of JSON lines that any server of the family can take back, with no program of the server's needed.
 */
export async function copyMaria(url: string, folder: string, options: CopyOptions): Promise<CopyAnswers> {
  return withConnection(url, async (connection) => {
    await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
    const tables = await rowsOf(connection, TABLES);
    const told = teller(tables, options.onProgress);
    for (const { name } of tables) await copyTable(connection, String(name), folder, told);
    const answers: SqlRow[][] = [];
    for (const sql of options.ask) answers.push(await rowsOf(connection, sql));
    await connection.query('ROLLBACK');
    return answers;
  });
}

/** Puts copied tables into a schema that has none of them; refuses a file that is cut. */
export async function loadMaria(
  folder: string,
  tables: readonly string[],
  url: string,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  await withConnection(url, async (connection) => {
    // The rows come from one snapshot, in the order of their names: what one refers to may come later.
    await connection.query('SET SESSION foreign_key_checks = 0');
    await connection.query("SET SESSION sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO')");
    for (const [index, name] of tables.entries()) {
      onProgress({ done: index, of: tables.length });
      await loadTable(connection, join(folder, name));
    }
  });
}

/** Rows of a statement on a connection of its own. */
export function askMaria(url: string, sql: string): Promise<readonly SqlRow[]> {
  return withConnection(url, (connection) => rowsOf(connection, sql));
}

/** Names of all tables of a schema. */
export async function tablesOfMaria(url: string): Promise<readonly string[]> {
  return (await askMaria(url, TABLES)).map(({ name }) => String(name));
}

/** Removes all tables but `keep` from a schema. */
export async function clearMaria(url: string, keep: string): Promise<void> {
  await withConnection(url, async (connection) => {
    await connection.query('SET SESSION foreign_key_checks = 0');
    for (const { name } of await rowsOf(connection, TABLES)) {
      if (name !== keep) await connection.query(`DROP TABLE \`${name}\``);
    }
  });
}

async function copyTable(connection: Connection, name: string, folder: string, told: () => void): Promise<void> {
  const [shown] = await rowsOf(connection, `SHOW CREATE TABLE \`${name}\``);
  const raw = connection as unknown as { readonly connection: RawConnection };
  const rows = raw.connection.query(`SELECT * FROM \`${name}\``).stream({ highWaterMark: ROWS_PER_INSERT });
  const file = createWriteStream(join(folder, `${name}.jsonl`), { mode: PRIVATE_FILE, flags: 'wx', flush: true });
  const head = { table: name, create: String(shown!['Create Table']) };
  await pipeline(Readable.from(linesOf(head, rows as AsyncIterable<SqlRow>, told)), file);
}

async function* linesOf(head: TableHead, rows: AsyncIterable<SqlRow>, told: () => void): AsyncGenerator<string> {
  yield `${JSON.stringify(head)}\n`;
  let count = 0;
  for await (const row of rows) {
    count += 1;
    told();
    yield `${encodeLine(row)}\n`;
  }
  yield `${JSON.stringify({ end: count })}\n`;
}

async function loadTable(connection: Connection, path: string): Promise<void> {
  let table = '';
  let waiting: SqlRow[] = [];
  const store = async (): Promise<void> => {
    const [first] = waiting;
    if (first === undefined) return;
    const columns = Object.keys(first).map((name) => `\`${name}\``);
    const values = waiting.map((row) => Object.values(row));
    await connection.query(`INSERT INTO \`${table}\` (${columns.join(', ')}) VALUES ?`, [values]);
    waiting = [];
  };
  const start = async (head: TableHead): Promise<void> => {
    table = head.table;
    await connection.query(head.create);
  };
  for await (const row of readRowLines(path, start)) {
    waiting.push(row);
    if (waiting.length === ROWS_PER_INSERT) await store();
  }
  await store();
}

/** Tells at most once for some thousand rows. */
function teller(tables: readonly SqlRow[], onProgress: (progress: Progress) => void): () => void {
  const of = tables.reduce((sum, { about }) => sum + Number(about), 0);
  let done = 0;
  return () => {
    done += 1;
    if (done % TOLD_EACH === 0) onProgress({ done, of });
  };
}

async function rowsOf(connection: Connection, sql: string): Promise<SqlRow[]> {
  const [rows] = await connection.query<RowDataPacket[]>(sql);
  return rows as SqlRow[];
}

async function withConnection<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const options = { uri: url, timezone: 'Z', charset: 'utf8mb4', supportBigNumbers: true } as const;
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection(options);
  try {
    const result = await work(connection);
    await connection.end();
    return result;
  } catch (error) {
    // A stream that was left half-way would keep the connection busy for ever.
    connection.destroy();
    throw diskError(error);
  }
}
