import { OperationalError } from '@libs/kernel';
import Database from 'libsql';

const WAIT_MS = 10_000;

/**
 * Runs `work` while no other process is inside a lock on the same path. The lock is SQLite's own file lock, so it goes
 * with the process that dies: there is nothing stale to clean up after `kill -9`. Synchronous; for short file work.
 */
export function withExclusiveLock<T>(path: string, work: () => T): T {
  const database = new Database(path);
  try {
    database.exec(`PRAGMA busy_timeout=${WAIT_MS}`);
    database.exec('PRAGMA journal_mode=DELETE');
    begin(database, path);
    try {
      return work();
    } finally {
      database.exec('ROLLBACK');
    }
  } finally {
    database.close();
  }
}

function begin(database: InstanceType<typeof Database>, path: string): void {
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    throw new OperationalError('privacy.lock-busy', `Another process holds ${path} for more than ${WAIT_MS} ms.`, {
      cause,
    });
  }
}
