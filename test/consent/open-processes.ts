import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@libs/config';
import { InvalidationFeed } from '@libs/events';
import { ManualClock } from '@libs/kernel';
import { createLogger, logLines } from '@libs/logging';
import { openPlatform, openPrivacy, type Platform } from '@libs/platform';
import { Tenants } from '@libs/tenancy';
import { type Column, openTestPlatform } from '@libs/testing';
import Libsql from 'libsql';
import { createConnection } from 'mysql2/promise';
import type { ConsentProcess, Processes } from './processes.js';

/** What is durable has tests of its own; here a transaction shall be cheap. */
const IN_MEMORY = '/dev/shm';
/** A second person always agrees: approvals have tests of their own. */
const APPROVALS = {
  use: async () => ({}),
  within: <T>(_who: unknown, _id: string, act: () => Promise<T>): Promise<T> => act(),
};

/** Two processes on a fresh database: two pools on MariaDB, two sets of caches over the one writer of SQLite. */
export async function openProcesses(column: Column): Promise<Processes> {
  const clock = new ManualClock(Date.now());
  const home = mkdtempSync(join(existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir(), 'custodia-consent-'));
  const { platform, env, close } = await openTestPlatform({ column, clock, env: { CUSTODIA_HOME: home } });
  const { destination } = logLines();
  const log = createLogger({ log: { level: 'error' } }, { destination });
  const second =
    column === 'sqlite'
      ? platform
      : await openPlatform({ config: loadConfig(env), log, migrations: [], gate: true, clock });
  const tenants = new Tenants(platform.database.reader, platform.work, clock);
  const forgetter = await openForgetter(platform);
  let count = 0;
  return {
    both: [processOf(platform), processOf(second)],
    database: platform.database,
    subjects: platform.subjects,
    keys: platform.keys,
    cipher: platform.cipher,
    clock,
    tenant: () => {
      count += 1;
      return tenants.create(`world-${count}`, `World ${count}`, { 'security.second-factor': 0 });
    },
    forgetFeed: forgetter.forget,
    close: async () => {
      await forgetter.close();
      if (second !== platform) await second.close();
      await close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The parts as the platform builds them, with a feed of their own that only the run reads. */
function processOf(platform: Platform): ConsentProcess {
  const feed = new InvalidationFeed(platform.database);
  const desk = { ...platform.desk, approvals: APPROVALS };
  const parts = openPrivacy({ ...platform, feed, desk, destruction: platform.upkeep.destruction } as never);
  return {
    register: parts.register,
    consents: parts.consents,
    gate: parts.gate,
    feed,
    committer: platform.committer,
    work: platform.work,
  };
}

/** Deletes rows of the feed past the product; the last one stays, so that numbers go on. */
async function openForgetter({ config: { database } }: Platform) {
  const sql =
    'DELETE FROM event_invalidation WHERE id < (SELECT last FROM (SELECT MAX(id) AS last FROM event_invalidation) newest)';
  if (database.kind === 'sqlite') {
    const connection = new Libsql(database.file);
    connection.exec('PRAGMA busy_timeout = 5000');
    return { forget: async () => void connection.exec(sql), close: async () => void connection.close() };
  }
  const connection = await createConnection(database.url.reveal());
  return { forget: async () => void (await connection.query(sql)), close: () => connection.end() };
}
