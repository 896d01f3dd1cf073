import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '@libs/config';
import { askMaria, beginRestore, endRestore, isHalfRestored, tablesOfMaria } from '@libs/database';
import { UserError } from '@libs/kernel';
import { openBlobStore } from '@libs/storage';
import { syncFolder } from './backup-set.js';

const MARK = 'restoring';
const LOOKS = 10;
/** A SQLite database, its log and the index of it. */
export const SQLITE_FILES = ['', '-wal', '-shm'];

/** Refuses to start on stores that a restore has not finished: half of the rows would look like all of them. */
export async function assertWhole(config: Config): Promise<void> {
  if (!(await isMarked(config))) return;
  throw new UserError(
    'platform.restore-unfinished',
    'A restore into this home did not finish, and what is there is not whole. Run the same restore again.',
  );
}

/** True while a restore has begun and not ended. */
export async function isMarked({ folders, database }: Config): Promise<boolean> {
  if (existsSync(join(folders.data, MARK))) return true;
  return database.kind === 'mariadb' && isHalfRestored(database.url.reveal());
}

/** From here on nothing starts on these stores; rows and objects that were there go. */
export async function mark(config: Config): Promise<void> {
  const { folders, database, storage } = config;
  writeFileSync(join(folders.data, MARK), '', { mode: 0o600, flush: true });
  syncFolder(folders.data);
  if (database.kind === 'mariadb') await beginRestore(database.url.reveal());
  else for (const tail of SQLITE_FILES) rmSync(`${database.file}${tail}`, { force: true });
  await (await openBlobStore(storage)).deletePrefix('');
}

/** The last step. */
export async function unmark({ folders, database }: Config): Promise<void> {
  if (database.kind === 'mariadb') await endRestore(database.url.reveal());
  rmSync(join(folders.data, MARK), { force: true });
  syncFolder(folders.data);
}

/** What stands in the way of a restore, in words; empty where nothing does. */
export async function presentIn(config: Config, withKeys: boolean): Promise<readonly string[]> {
  const { database, keystore, storage } = config;
  const found: string[] = [];
  if (await hasTables(database)) found.push('a database');
  if (withKeys && (await hasTables(keystore))) found.push('a key store');
  const objects = await openBlobStore(storage, 'reading');
  for await (const _ of objects.list('')) {
    found.push('objects');
    break;
  }
  return found;
}

/** On MariaDB no lock of a folder says that the product runs; its connections do. */
export async function assertUnused({ database }: Config): Promise<void> {
  if (database.kind === 'sqlite') return;
  const sql = 'SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID() LIMIT 1';
  for (let looks = 1; (await askMaria(database.url.reveal(), sql)).length > 0; looks += 1) {
    if (looks === LOOKS) {
      throw new UserError(
        'platform.restore-in-use',
        'Somebody is connected to the database. Stop every process first.',
      );
    }
    await sleep(100);
  }
}

/** Puts a file where a database shall be: a copy beside it first, so that it appears whole. */
export function placeFile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  const next = `${to}.${MARK}`;
  rmSync(next, { force: true });
  copyDurably(from, next);
  for (const tail of SQLITE_FILES) rmSync(`${to}${tail}`, { force: true });
  renameSync(next, to);
  syncFolder(dirname(to));
}

async function hasTables(store: Config['database']): Promise<boolean> {
  if (store.kind === 'sqlite') return existsSync(store.file);
  const tables = await tablesOfMaria(store.url.reveal());
  return tables.length > 0;
}

function copyDurably(from: string, to: string): void {
  copyFileSync(from, to);
  chmodSync(to, 0o600);
  const descriptor = openSync(to, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
