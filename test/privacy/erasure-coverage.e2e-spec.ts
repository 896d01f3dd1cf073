import { ERASERS } from '@libs/privacy';
import { compileManifest, type Declared } from '@libs/privacy-core';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadProduct, type Product } from '../architecture/product.js';
import { mariaSchema, type RealTable, sqliteSchema } from '../architecture/real-schema.js';
import { readRows, type StoredIn } from '../durability/stored-messages.js';
import { openWallWorld } from '../walls/wall-world.js';
import type { ChatWorld } from '../world/chat-world.js';
import { type SeededRow, seedPerson, tablesAbout } from './seeded-person.js';

type Person = Awaited<ReturnType<typeof seedPerson>>;

/** Where the pseudonym stays though no row is about the person alone. */
const STAYS: Readonly<Record<string, string>> = {
  'event_journal.subject_id': 'who was concerned by a change: a pseudonym in an append-only journal',
  'event_journal.resource': 'the same, as the thing that was changed',
  'event_journal.actor': 'the same, as who changed it',
  'event_invalidation.ref': 'what every process has to forget, the person among it',
};

describeColumns('erasure reaches every table on $column', (column) => {
  let product: Product;
  let world: ChatWorld;
  let tables: readonly RealTable[];
  let gone: Person;
  let other: Person;
  let othersBefore: readonly string[];
  let complete: boolean;

  beforeAll(async () => {
    product = await loadProduct();
    world = await openWallWorld(column);
    const stored = storedIn();
    tables = 'file' in stored ? sqliteSchema(stored.file) : await mariaSchema(stored.url);
    const tenantId = world.tenants[0].id;
    gone = await seedPerson(world.platform, tenantId, product.entities, tables);
    other = await seedPerson(world.platform, tenantId, product.entities, tables);
    othersBefore = await rowsOf(other);
    complete = await world.platform.upkeep.destruction.destroySubject(tenantId, gone.subjectId);
  });
  afterAll(() => world?.close());

  const storedIn = (): StoredIn => {
    const { database } = world.platform.config;
    return database.kind === 'sqlite' ? { file: database.file } : { url: database.url.reveal() };
  };
  const find = async (table: string, seeded: SeededRow): Promise<SeededRow | undefined> => {
    const { primary } = tables.find((one) => one.table === table)!;
    const rows = await readRows(storedIn(), `SELECT * FROM ${table}`);
    return rows.find((row) => primary.every((key) => String(row[key]) === String(seeded[key])));
  };
  const rowsOf = async ({ rows }: Person): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const [table, row] of rows) found.push(`${table} ${JSON.stringify(await find(table, row))}`);
    return found;
  };
  const declaredOf = (table: string): ReadonlyMap<string, Declared> => {
    const manifest = compileManifest(product.entities, []);
    const entries = manifest.tables.find((one) => one.table === table)?.entries ?? [];
    return new Map(entries.map((entry) => [entry.column, entry.declared]));
  };
  const mayStay = (table: string, name: string): boolean => {
    const declared = declaredOf(table).get(name);
    return declared?.personal === false && /stays after erasure: .{10,}/.test(declared.why);
  };

  it('P-1307 all erasers of the product run in the process that has all services', () => {
    expect([...world.platform.upkeep.erasers.names].sort()).toEqual([...ERASERS].sort());
    expect(complete).toBe(true);
  });

  it('P-1307 P-0301 the pseudonym is left only where the declaration says that it stays, and there it is', async () => {
    const left: string[] = [];
    const claimed: string[] = [];
    for (const { table, columns } of tables) {
      const rows = await readRows(storedIn(), `SELECT * FROM ${table}`);
      for (const { name } of columns) {
        if (rows.some((row) => String(row[name]).includes(gone.subjectId))) left.push(`${table}.${name}`);
        if (mayStay(table, name)) claimed.push(`${table}.${name}`);
      }
    }
    expect(left.filter((place) => !(place in STAYS))).toEqual(claimed);
    expect(claimed.length).toBeGreaterThan(0);
  });

  it('P-1307 every row about the person is gone, or its declaration says what became of it', async () => {
    const findings: string[] = [];
    for (const table of tablesAbout(tables)) {
      const seeded = gone.rows.get(table);
      if (!seeded) continue;
      const row = await find(table, seeded);
      const declared = declaredOf(table);
      const kept = [...declared.keys()].some((name) => mayStay(table, name));
      const cut = [...declared.values()].some((one) => one.personal && one.facets.erase === 'cut-link');
      if (row && !kept && !cut) findings.push(`${table} still has the row, and nothing says why`);
      if (!row && (kept || cut)) findings.push(`${table} says that the row stays, and it is gone`);
    }
    expect(findings).toEqual([]);
    expect(gone.rows.size).toBeGreaterThan(15);
  });

  it('P-1307 a row that stays has lost every value that its declaration clears', async () => {
    const cleared: string[] = [];
    for (const [table, seeded] of gone.rows) {
      const row = await find(table, seeded);
      for (const [name, declared] of declaredOf(table)) {
        if (!row || !declared.personal) continue;
        expect([table, name, declared.facets.erase]).not.toContain('delete-row');
        if (declared.facets.erase !== 'clear-value') continue;
        expect([table, name, row[name]]).toEqual([table, name, null]);
        cleared.push(`${table}.${name}`);
      }
    }
    expect(cleared).toContain('privacy_read_entry.note_sealed');
  });

  it('P-1307 rows of another person are as they were', async () => {
    expect(await rowsOf(other)).toEqual(othersBefore);
    expect(othersBefore.filter((row) => row.endsWith('undefined'))).toEqual([]);
  });
});
