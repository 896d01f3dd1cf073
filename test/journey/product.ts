import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Column, testStores } from '@libs/testing';
import Database from 'libsql';
import { createConnection } from 'mysql2/promise';
import { endProcess } from '../composed/end-process.js';
import type { FiveServices } from '../composed/five-services.js';
import { freePort } from '../servers/index.mjs';

/** The built program that holds all services, and the demo. */
export const SERVER = resolve('dist/apps/standalone/main.js');
const START_MS = 120_000;
const LOOK_MS = 500;
const QUIET_LOOKS = 5;
const MOST_LOOKS = 60;

const DEMO_PEOPLE = ['owner', 'agent', 'admin', 'supervisor', 'officer', 'officer-2'] as const;
/** Who can sign in to the demo, by the first half of the address. */
export type DemoPerson = (typeof DEMO_PEOPLE)[number];

/** The built product as a new user has it: own process, fresh stores, demo shop, printed passwords. */
export interface Product {
  /** The host page, on another site than the product. */
  readonly shop: string;
  readonly console: string;
  readonly passwords: Readonly<Record<DemoPerson, string>>;
  /** The cookie of a session of each of them. */
  readonly sessions: Readonly<Record<DemoPerson, string>>;
  /** Rows of every table of both databases. */
  countRows(): Promise<Record<string, number>>;
  /**
   * The same, or that of `tables` alone, once nothing is written there any more: consumers note their place a moment after
   * what they have seen.
   */
  countWhenQuiet(tables?: readonly string[]): Promise<Record<string, number>>;
  /** Where it runs as five services. */
  readonly five?: FiveServices;
  close(): Promise<void>;
}

/** `settings` are what an operator would set besides. */
export async function startProduct(column: Column, settings: Readonly<Record<string, string>> = {}): Promise<Product> {
  if (!existsSync(SERVER)) throw new Error('The product is not built: node scripts/build.mjs');
  const stores = await testStores(column, { CUSTODIA_PROFILE: 'demo' });
  const port = await freePort();
  // Only what the stores say, so that a setting of this shell does not change what is tested.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CUSTODIA_'));
  const env = { ...Object.fromEntries(inherited), ...stores.env, ...settings, PORT: String(port) };
  const child = spawn(process.execPath, ['--enable-source-maps', SERVER], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async (): Promise<void> => {
    await endProcess(child);
    await stores.drop();
  };
  try {
    const printed = await untilPrinted(child, /officer-2@demo\.example +\S+\n/);
    const passwords = passwordsIn(printed);
    const sessions = await openSessions(`http://127.0.0.1:${port}`, passwords);
    const countRows = () => (column === 'sqlite' ? countSqlite(stores.home) : countMaria(stores.env));
    return {
      shop: `http://localhost:${port}`,
      console: `http://127.0.0.1:${port}`,
      passwords,
      sessions,
      countRows,
      countWhenQuiet: (tables) => untilQuiet(countRows, tables),
      close: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits until the program has printed what is wanted; throws with its output when it ends instead. */
export function untilPrinted(child: ChildProcess, wanted: RegExp, ms = START_MS): Promise<string> {
  return new Promise((done, fail) => {
    let output = '';
    const timer = setTimeout(() => fail(new Error(`not started:\n${output}`)), ms);
    const hear = (bytes: Buffer): void => {
      output += bytes.toString();
      if (!wanted.test(output)) return;
      clearTimeout(timer);
      done(output);
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    child.once('exit', (code) => fail(new Error(`ended with ${code}:\n${output}`)));
  });
}

/** Counts until as many looks in a row find the same: a consumer that sleeps looks about every second. */
export async function untilQuiet(
  count: () => Promise<Record<string, number>>,
  tables?: readonly string[],
): Promise<Record<string, number>> {
  let before = '';
  let same = 0;
  for (let round = 0; ; round += 1) {
    const all = await count();
    const now = tables ? Object.fromEntries(tables.map((table) => [table, all[table]!])) : all;
    const text = JSON.stringify(now);
    same = text === before ? same + 1 : 0;
    if (same === QUIET_LOOKS || round === MOST_LOOKS) return now;
    before = text;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}

/**
 * Signs everybody of the demo in, who then have read who can see their work (P-0207): the page for it has a test of its
 * own. Answers the cookies.
 */
export async function openSessions(origin: string, passwords: Product['passwords']): Promise<Product['sessions']> {
  const opened = Object.entries(passwords).map(async ([who, password]) => [who, await open(origin, who, password)]);
  return Object.fromEntries(await Promise.all(opened)) as Product['sessions'];
}

async function open(origin: string, who: string, password: string): Promise<string> {
  const url = `${origin}/api/v1/account`;
  const headers = { origin, 'content-type': 'application/json' };
  const body = JSON.stringify({ identifier: `${who}@demo.example`, password });
  const signedIn = await fetch(`${url}/sign-in`, { method: 'POST', headers, body });
  const cookie = String(signedIn.headers.get('set-cookie')).split(';')[0]!;
  const own = { ...headers, cookie };
  const { version } = (await (await fetch(`${url}/me/notice`, { headers: own })).json()) as { version: string };
  const read = JSON.stringify({ version, locale: 'en' });
  const confirmed = await fetch(`${url}/me/notice`, { method: 'POST', headers: own, body: read });
  if (confirmed.status !== 204) throw new Error(`${who} could not confirm the notice: ${confirmed.status}`);
  return cookie;
}

/** The passwords that the demo prints once. */
export function passwordsIn(printed: string): Product['passwords'] {
  const found = DEMO_PEOPLE.map((who) => {
    const match = new RegExp(` ${who}@demo\\.example +(\\S+)`).exec(printed);
    if (!match) throw new Error(`no password for ${who} in:\n${printed}`);
    return [who, match[1]!];
  });
  return Object.fromEntries(found) as Product['passwords'];
}

async function countSqlite(home: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const file of [join('data', 'custodia.db'), join('keys', 'keystore.db')]) {
    const database = new Database(join(home, file));
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all() as { name: string }[];
    for (const { name } of tables) {
      const row = database.prepare(`SELECT COUNT(*) AS n FROM "${name}"`).get() as { n: number };
      counts[name] = Number(row.n);
    }
    database.close();
  }
  return counts;
}

/** Rows of every table of both schemas. */
export async function countMaria(env: Readonly<Record<string, string>>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const url of [env.CUSTODIA_DATABASE_URL!, env.CUSTODIA_KEYSTORE_URL!]) {
    const connection = await createConnection(url);
    const [tables] = await connection.query(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    );
    for (const { name } of tables as { name: string }[]) {
      const [rows] = await connection.query(`SELECT COUNT(*) AS n FROM \`${name}\``);
      counts[name] = Number((rows as { n: number }[])[0]!.n);
    }
    await connection.end();
  }
  return counts;
}
