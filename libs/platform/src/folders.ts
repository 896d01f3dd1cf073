import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '@libs/config';
import { assertFormat, DATA_FORMAT } from '@libs/database';
import { UserError } from '@libs/kernel';
import Libsql from 'libsql';

/**
 * Makes the private folders (0700), refuses data of a newer program, and takes the lock that keeps a second process
 * out. The lock is an open exclusive transaction of a file of its own: the system lets go of it however we die.
 * Answers what releases it.
 */
export function openFolders({ folders, database }: Config): () => void {
  for (const folder of [folders.data, folders.keys, folders.ledger]) makePrivate(folder);
  markFormat(join(folders.data, 'format'));
  if (database.kind !== 'sqlite') return () => {};
  const lock = new Libsql(join(folders.data, 'in-use.lock'));
  try {
    lock.pragma('busy_timeout = 0');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new UserError(
      'platform.folder-in-use',
      `Another process uses the folder ${folders.data}. Stop it, or set CUSTODIA_HOME=… to another folder.`,
      { cause: error },
    );
  }
  return () => {
    // Closing alone leaves the transaction, and with it the lock, to the garbage collector (seen with libsql 0.5.29).
    lock.exec('ROLLBACK');
    lock.close();
  };
}

function makePrivate(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  } catch (error) {
    throw new UserError(
      'platform.folder-not-writable',
      `The folder ${folder} cannot be written. Give this user the right to it, or set CUSTODIA_HOME=… to another one.`,
      { cause: error },
    );
  }
}

/** Says what wrote here last, so that an older program does not take what it cannot read for damage. */
function markFormat(file: string): void {
  const found = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  assertFormat('The data folder', found);
  if (found < DATA_FORMAT) writeFileSync(file, `${DATA_FORMAT}\n`, { mode: 0o600 });
}
