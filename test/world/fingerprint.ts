import { createHash } from 'node:crypto';
import type { Config } from '@libs/config';
import type { Platform } from '@libs/platform';
import Sqlite from 'libsql';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** Rows as they lie in the stores, read beside the product: no gate, no cipher, no cache. */
export interface Fingerprints {
  /** One hash for each table that holds rows of `tenantId`; `without` leaves columns out. */
  of(tenantId: string, without?: readonly string[]): Promise<Readonly<Record<string, string>>>;
  close(): Promise<void>;
}

interface Store {
  all(sql: string, params: readonly string[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Tables with a column `tenant_id`. */
  readonly tables: readonly string[];
  close(): Promise<void>;
}

/**
 * Not watched: the network log has one row per request whatever its outcome, written behind the answer (a legal duty with
 * tests of its own, F-1406), a tenant's own keys are made on first use of what they are for, and that a site shows the
 * widget for the first time is written down behind the answer, once for each inbox and without who looked.
 */
const NOT_WATCHED = new Set(['audit_network_log', 'keystore_tenant_key', 'chat_first_seen']);

/**
 * Watches main database and key store of a process. What was read before is written down before they are looked at: with
 * `accountLive` also what open sockets were shown, which the product writes down up to 30 s later.
 */
export async function openFingerprints(
  { config, consumers, desk }: Platform,
  accountLive: () => void = () => undefined,
): Promise<Fingerprints> {
  const stores = [await openStore(config.database), await openStore(config.keystore)];
  return {
    of: async (tenantId, without = []) => {
      accountLive();
      await desk.reads.flush();
      await consumers.settle();
      const found: Record<string, string> = {};
      for (const [at, { tables, all }] of stores.entries()) {
        for (const table of tables.filter((name) => !NOT_WATCHED.has(name))) {
          const rows = await all(`SELECT * FROM ${table} WHERE tenant_id = ?`, [tenantId]);
          if (rows.length > 0) found[`${at} ${table} (${rows.length})`] = hashOf(rows, new Set(without));
        }
      }
      return found;
    },
    close: async () => {
      for (const store of stores) await store.close();
    },
  };
}

function hashOf(rows: readonly Readonly<Record<string, unknown>>[], without: ReadonlySet<string>): string {
  const lines = rows.map((row) =>
    Object.entries(row)
      .filter(([name]) => !without.has(name))
      .map(([name, value]) => `${name}=${value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value}`)
      .join(' '),
  );
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex').slice(0, 16);
}

async function openStore(config: Config['database']): Promise<Store> {
  if (config.kind === 'sqlite') return openSqlite(config.file);
  const connection = await createConnection(config.url.reveal());
  const [rows] = await connection.query<RowDataPacket[]>(
    "SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'tenant_id' AND table_schema = DATABASE()",
  );
  return {
    tables: rows.map(({ name }) => String(name)).sort(),
    all: async (sql, params) => (await connection.query<RowDataPacket[]>(sql, [...params]))[0],
    close: () => connection.end(),
  };
}

function openSqlite(file: string): Store {
  const database = new Sqlite(file);
  const named = database.prepare(
    "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'tenant_id' WHERE m.type = 'table'",
  );
  const tables = (named.all() as { name: string }[]).map(({ name }) => name).sort();
  return {
    tables,
    all: async (sql, params) => database.prepare(sql).all(...params) as Record<string, unknown>[],
    close: async () => {
      database.close();
    },
  };
}
