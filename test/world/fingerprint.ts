import { createHash } from 'node:crypto';
import type { Config } from '@libs/config';
import type { Platform } from '@libs/platform';
import Sqlite from 'libsql';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** Rows as they lie in the stores, read beside the product: no gate, no cipher, no cache. */
export interface Fingerprints {
  /** One hash for each table that holds rows of `tenantId`; `without` leaves columns out. */
  of(tenantId: string, without?: readonly string[]): Promise<Print>;
  /** The same of several tenants, for the price of one wait. */
  ofEach(looks: readonly Look[]): Promise<readonly Print[]>;
  close(): Promise<void>;
}

/** By the name of a table and how many rows it has what stands for them. */
export type Print = Readonly<Record<string, string>>;

/** Whose rows are looked at, without which columns. */
export interface Look {
  readonly tenantId: string;
  readonly without?: readonly string[];
}

interface Store {
  /** How far the journal has come, whoever wrote it. */
  journal(): Promise<string>;
  /** Of each table with rows of `tenantId` how many they are, and what stands for all their values. */
  rowsOf(tenantId: string, without: ReadonlySet<string>): Promise<readonly TableRows[]>;
  close(): Promise<void>;
}

interface TableRows {
  readonly name: string;
  readonly rows: number;
  readonly values: string;
}

/** A table with a column `tenant_id`. */
interface Table {
  readonly name: string;
  readonly columns: readonly string[];
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
  let settledAt: string | undefined;
  /** What consumers do follows from rows of the journal: without a new one there is nothing to wait for. */
  const settle = async (): Promise<void> => {
    const at = await stores[0]!.journal();
    if (at === settledAt) return;
    await consumers.settle();
    settledAt = at;
  };
  const ofEach = async (looks: readonly Look[]): Promise<readonly Print[]> => {
    accountLive();
    await desk.reads.flush();
    await settle();
    return Promise.all(looks.map((look) => printOf(stores, look)));
  };
  return {
    of: async (tenantId, without = []) => (await ofEach([{ tenantId, without }]))[0]!,
    ofEach,
    close: async () => {
      for (const store of stores) await store.close();
    },
  };
}

async function printOf(stores: readonly Store[], { tenantId, without = [] }: Look): Promise<Print> {
  const tables = await Promise.all(stores.map((store) => store.rowsOf(tenantId, new Set(without))));
  const prints = tables.flatMap((found, at) =>
    found.map(({ name, rows, values }) => [
      `${at} ${name} (${rows})`,
      createHash('sha256').update(values).digest('hex').slice(0, 16),
    ]),
  );
  return Object.fromEntries(prints);
}

/** Also a row that was committed late changes how many there are. */
const JOURNAL = "SELECT CONCAT(COUNT(*), ' ', COALESCE(MAX(id), 0)) AS at FROM event_journal";

async function openStore(config: Config['database']): Promise<Store> {
  return config.kind === 'sqlite' ? openSqlite(config.file) : openMariadb(config.url.reveal());
}

/** The server sums the values up: one answer for all tables, instead of thousands of rows that are read one by one. */
async function openMariadb(url: string): Promise<Store> {
  const connection = await createConnection(url);
  const [columns] = await connection.query<RowDataPacket[]>(
    'SELECT table_name AS name, column_name AS col FROM information_schema.columns ' +
      'WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position',
  );
  const tables = watched(columns.map(({ name, col }) => [String(name), String(col)]));
  const read = ({ name, columns: all }: Table, without: ReadonlySet<string>): string => {
    const shown = all.filter((column) => !without.has(column)).map((column) => `COALESCE(HEX(\`${column}\`), '-')`);
    // Rows differ by their key, so no two of them take each other out.
    const half = (side: string): string => `BIT_XOR(CONV(${side}(hash, 16), 16, 10))`;
    return (
      `SELECT '${name}' AS name, COUNT(*) AS many, CONCAT(${half('LEFT')}, ' ', ${half('RIGHT')}) AS line FROM ` +
      `(SELECT MD5(CONCAT_WS(' ', ${shown.join(', ')})) AS hash FROM \`${name}\` WHERE tenant_id = ?) hashes HAVING many > 0`
    );
  };
  return {
    journal: async () => {
      const [[row]] = await connection.query<RowDataPacket[]>(JOURNAL);
      return String(row!.at);
    },
    rowsOf: async (tenantId, without) => {
      // Prepared once and known by its text.
      const sql = tables.map((table) => read(table, without)).join(' UNION ALL ');
      const [found] = await connection.execute<RowDataPacket[]>(
        sql,
        tables.map(() => tenantId),
      );
      return found.map(({ name, many, line }) => ({ name, rows: Number(many), values: String(line) }));
    },
    close: () => connection.end(),
  };
}

function openSqlite(file: string): Store {
  const database = new Sqlite(file);
  const columns = database.prepare(
    "SELECT m.name, c.name AS col FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' " +
      'ORDER BY m.name, c.cid',
  );
  const found = columns.all() as { readonly name: string; readonly col: string }[];
  const tables = watched(found.map(({ name, col }) => [name, col]));
  const statements = new Map<string, ReturnType<typeof database.prepare>>();
  const read = ({ name, columns: all }: Table, without: ReadonlySet<string>) => {
    const key = [name, ...without].join(' ');
    const known = statements.get(key);
    if (known) return known;
    const shown = all.filter((column) => !without.has(column)).map((column) => `quote("${column}")`);
    const made = database.prepare(
      `SELECT COUNT(*) AS many, group_concat(line, char(10)) AS line FROM ` +
        `(SELECT ${shown.join(" || ' ' || ")} AS line FROM "${name}" WHERE tenant_id = ? ORDER BY line)`,
    );
    statements.set(key, made);
    return made;
  };
  return {
    journal: async () => String((database.prepare(JOURNAL).get() as { readonly at: string }).at),
    rowsOf: async (tenantId, without) =>
      tables.flatMap((table) => {
        const [answer] = read(table, without).all(tenantId) as { many: number; line: string | null }[];
        return answer!.many > 0 ? [{ name: table.name, rows: answer!.many, values: String(answer!.line) }] : [];
      }),
    close: async () => {
      database.close();
    },
  };
}

/** Tables whose rows belong to tenants, without those that are not watched. */
function watched(columns: readonly (readonly [table: string, column: string])[]): readonly Table[] {
  const tables = new Map<string, string[]>();
  for (const [table, column] of columns) tables.set(table, [...(tables.get(table) ?? []), column]);
  return [...tables]
    .filter(([name, all]) => all.includes('tenant_id') && !NOT_WATCHED.has(name))
    .map(([name, all]) => ({ name, columns: all }));
}
