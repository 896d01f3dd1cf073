import { monthOf, openLogField, type SealedField } from '@libs/audit';
import { TenantText } from '@libs/privacy';
import type { Manifest, PersonalFacets, StoreFacet } from '@libs/privacy-core';
import { readRows, type StoredIn } from '../durability/stored-messages.js';
import type { ChatWorld } from '../world/chat-world.js';
import { type Canary, DERIVED } from './canaries.js';

type Cell = string | number | Uint8Array | ArrayBuffer | null;
type Row = Readonly<Record<string, Cell>>;

/** A column with a canary, or made from one that has. */
interface Place {
  readonly table: string;
  readonly column: string;
  readonly facets: PersonalFacets;
}

/** Rows whose binding is not one of their ids. */
const ROW_OF: Readonly<Record<string, (row: Row) => string>> = {
  chat_draft: (row) => `${row.conversation_id}/${row.member_id}`,
  auth_known_place: (row) => `${row.login_id}/${row.place_index}`,
  chat_message: (row) => `${row.conversation_id}/${row.sender_id}/${row.send_number}`,
  chat_change: (row) => `${row.conversation_id}/${row.sender_id}/${row.send_number}`,
};

/** The bytes of all rows of the database, by table. */
export async function allRows(world: ChatWorld): Promise<ReadonlyMap<string, Buffer>> {
  const stored = databaseOf(world);
  const tables = await readRows(
    stored,
    'file' in stored
      ? "SELECT name FROM sqlite_master WHERE type = 'table'"
      : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  const found = new Map<string, Buffer>();
  for (const { name } of tables) {
    const rows = await rowsOf(world, String(name));
    const cells = rows.flatMap((row) => Object.values(row).filter((cell) => cell !== null));
    const bytes = cells.map((cell) =>
      typeof cell === 'string' || typeof cell === 'number' ? Buffer.from(`${cell}\n`) : Buffer.from(cell as Uint8Array),
    );
    found.set(String(name), Buffer.concat(bytes));
  }
  return found;
}

function databaseOf({ platform }: ChatWorld): StoredIn {
  const { database } = platform.config;
  return database.kind === 'sqlite' ? { file: database.file } : { url: database.url.reveal() };
}

/**
 * Columns that hold no row with their canary. What is nowhere to be seen could be absent because it was never stored: so
 * sealed columns are opened with the product's own keys, and beside what was opened the index or hash must lie.
 */
export async function notStored(
  world: ChatWorld,
  manifest: Manifest,
  canaries: readonly (readonly [string, Canary])[],
): Promise<readonly string[]> {
  const places = placesOf(manifest);
  const people = new Map<string, ReadonlySet<Cell>>();
  for (const [name, canary] of canaries) people.set(name, await whose(world, places.get(name)!, canary));
  const indexes = new Set<Cell>();
  const missing = canaries.map(([name]) => name).filter((name) => people.get(name)!.size === 0);
  for (const [name, source] of Object.entries(DERIVED)) {
    const { table, column } = places.get(name)!;
    const rows = await rowsOf(world, table);
    const known = people.get(source)!;
    const beside = rows.filter((row) => row[column] != null && known.has(row.subject_id!));
    for (const row of beside) indexes.add(row[column]!);
    // The row of somebody who is not known yet holds the same index as the row of whom it belongs to.
    if (beside.length === 0 && !rows.some((row) => indexes.has(row[column]!))) missing.push(name);
  }
  return missing;
}

function placesOf({ tables }: Manifest): ReadonlyMap<string, Place> {
  return new Map(
    tables.flatMap(({ table, entries }) =>
      entries.flatMap(({ column, declared }) =>
        declared.personal ? [[`${table}.${column}`, { table, column, facets: declared.facets }] as const] : [],
      ),
    ),
  );
}

/** The persons in whose rows the canary lies; the tenant where a row is nobody's. */
async function whose(world: ChatWorld, place: Place, canary: Canary): Promise<ReadonlySet<Cell>> {
  const found = new Set<Cell>();
  for (const row of await rowsOf(world, place.table)) {
    const cell = row[place.column] ?? null;
    if (cell === null) continue;
    const text = await open(world, place, row, cell).catch(() => undefined);
    if (text === undefined || !(canary.lies ?? ((it: string) => it.includes(canary.core)))(text)) continue;
    found.add(row.subject_id ?? row.tenant_id!);
  }
  return found;
}

async function open({ platform }: ChatWorld, place: Place, row: Row, cell: Cell): Promise<string> {
  const { table, column, facets } = place;
  const tenantId = String(row.tenant_id);
  const store: StoreFacet = facets.store;
  if (store.as === 'hash') return String(cell);
  const sealed = Buffer.from(cell as Uint8Array);
  if (store.as === 'tenant-ciphertext') {
    if (store.key === 'desk') {
      return new TenantText(platform.keys).open({ tenantId, table, column, row: String(row.id) }, sealed);
    }
    const key = await platform.keys.tenantKey(tenantId, `log:${monthOf(Number(row.at))}`);
    return openLogField(key, { tenantId, id: String(row.id) }, column as SealedField, sealed);
  }
  if (store.as !== 'ciphertext') throw new TypeError(`${table}.${column} is stored as ${store.as}`);
  const subjectId = String(row.subject_id);
  const [first, ...rest] = facets.purposes;
  const spec = {
    ...{ table, column, group: store.group, label: `${table}.${column}`, code: undefined },
    purposes: [first!, ...rest] as const,
  };
  await platform.cipher.load(tenantId, [subjectId], store.group);
  const bound = ROW_OF[table] ? [ROW_OF[table](row)] : [row.id, row.member_id, row.login_id];
  for (const id of bound) {
    try {
      return platform.cipher.open(tenantId, subjectId, spec, String(id), sealed, first!);
    } catch {
      // Bound to another id of the row.
    }
  }
  throw new TypeError(`${table}.${column} opens with no id of its row`);
}

async function rowsOf(world: ChatWorld, table: string): Promise<readonly Row[]> {
  return (await readRows(databaseOf(world), `SELECT * FROM ${table}`)) as readonly Row[];
}
