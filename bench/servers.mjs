import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from './http-client.mjs';
import { freePort, startServer, stop } from './processes.mjs';

const root = join(import.meta.dirname, '..');
export const PRODUCT_MAIN = join(root, 'dist/apps/standalone/main.js');

/** The environment without settings of ours that happen to be set: a run depends on what is committed. */
function cleanEnv(extra) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(CUSTODIA_|NODE_|STORE$|DATABASE_URL$)/.test(name));
  return { ...Object.fromEntries(kept), ...extra };
}

function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'custodia-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  return {
    folder,
    remove: () => {
      process.removeListener('exit', remove);
      remove();
    },
  };
}

async function answers(url) {
  try {
    return (await call(url)).status === 200;
  } catch {
    return false;
  }
}

/** The bare server; `store` none, sqlite or mariadb (then with the URL of an empty database). */
export async function startLimit({ store, databaseUrl, portBase }) {
  const port = await freePort(portBase);
  const { folder, remove } = temporaryFolder();
  const log = join(folder, 'limit.log');
  const env = cleanEnv({
    STORE: store,
    PORT: String(port),
    TMPDIR: folder,
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  });
  const isReady = () => existsSync(log) && readFileSync(log, 'utf8').includes('ready');
  const child = await startServer({ script: join(import.meta.dirname, 'limit-server.mjs'), env, log, isReady });
  const halt = () => stop(child);
  return { driver: 'limit', url: `http://127.0.0.1:${port}`, pid: child.pid, seed: null, halt, remove };
}

/** The built product in an empty folder, on SQLite or on the database of `databaseUrl`; `more` are settings besides. */
export async function startProduct({ agents, databaseUrl, passThrough, portBase, more, watch }) {
  const port = await freePort(portBase);
  const url = `http://127.0.0.1:${port}`;
  const { folder, remove } = temporaryFolder();
  const home = join(folder, 'home');
  mkdirSync(home, { mode: 0o700 });
  const env = cleanEnv({
    PORT: String(port),
    CUSTODIA_HOME: home,
    CUSTODIA_PROFILE: 'bench',
    CUSTODIA_SEED_BENCH: String(agents),
    // The key store has a schema of its own beside the database; see createDatabase.
    ...(databaseUrl && { CUSTODIA_DATABASE_URL: databaseUrl, CUSTODIA_KEYSTORE_URL: `${databaseUrl}_keys` }),
    ...(passThrough && { CUSTODIA_BENCH_PASSTHROUGH: '1' }),
    ...more,
  });
  const seedFile = join(home, 'bench.json');
  const isReady = async () => existsSync(seedFile) && (await answers(`${url}/readyz`));
  const start = () => startServer({ script: PRODUCT_MAIN, env, log: join(folder, 'product.log'), isReady, watch });
  let child = await start();
  const seed = JSON.parse(readFileSync(seedFile, 'utf8'));
  /** A new process on the same folder; the old one has been halted. */
  const restart = async () => {
    child = await start();
  };
  /** The last errors that it logged. */
  const faults = () => {
    const lines = readFileSync(join(folder, 'product.log'), 'utf8').split('\n');
    return lines.filter((line) => line.includes('"level":"error"')).slice(-3);
  };
  return {
    faults,
    driver: 'product',
    url,
    pid: child.pid,
    seed,
    home,
    databaseUrl,
    halt: () => stop(child),
    restart,
    remove,
  };
}

/** Rows of chat_message in the product's store, counted with the server stopped. */
export async function countMessageRows({ home, databaseUrl }) {
  const count = 'select count(*) as rows_found from chat_message';
  if (databaseUrl) {
    const { createConnection } = await import('mysql2/promise');
    const connection = await createConnection({ uri: databaseUrl });
    try {
      const [rows] = await connection.query(count);
      return Number(rows[0].rows_found);
    } finally {
      await connection.end();
    }
  }
  const { default: Database } = await import('libsql');
  for (const file of sqliteFiles(join(home, 'data'))) {
    const database = new Database(file);
    try {
      const table = database.prepare("select name from sqlite_master where name = 'chat_message'").all();
      if (table.length > 0) return Number(database.prepare(count).all()[0].rows_found);
    } finally {
      database.close();
    }
  }
  throw new Error('no database with a table chat_message found');
}

function sqliteFiles(folder) {
  const files = readdirSync(folder, { recursive: true }).map((name) => join(folder, name));
  return files.filter((file) => statSync(file).isFile() && readFileHead(file) === 'SQLite format 3');
}

function readFileHead(file) {
  return readFileSync(file).subarray(0, 15).toString('latin1');
}
