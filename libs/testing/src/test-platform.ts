import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@libs/config';
import type { MigrationClass } from '@libs/database';
import type { Clock } from '@libs/kernel';
import { createLogger, logLines } from '@libs/logging';
import { openPlatform, type Platform } from '@libs/platform';
import { Tenants } from '@libs/tenancy';
import { type Column, freshMariaDatabase } from './columns.js';
import { giveTables } from './tables.js';

export interface TestPlatformOptions {
  readonly column: Column;
  readonly migrations?: readonly MigrationClass[];
  readonly clock?: Clock;
  /** Settings besides the stores, e.g. `{ CUSTODIA_PROFILE: 'bench' }`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A platform on a database of its own, with the query gate on and two tenants, as every test has. */
export interface TestPlatform {
  readonly platform: Platform;
  /** Ids of two tenants; the second one must never be touched by work for the first. */
  readonly tenants: readonly [string, string];
  /** Lines of the application log. */
  readonly lines: string[];
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Members of test tenants sign in without a second factor; its own tests switch it on. */
const NO_FACTOR = { 'security.second-factor': 0 } as const;

/** Opens real stores in a temporary folder or on the test server. */
export async function openTestPlatform(options: TestPlatformOptions): Promise<TestPlatform> {
  const { home, env, drop } = await testStores(options.column, options.env);
  const { destination, lines } = logLines();
  const config = loadConfig(env);
  const log = createLogger({ log: { level: 'info' } }, { destination });
  const { migrations = [], clock } = options;
  await giveTables(env, migrations);
  const platform = await openPlatform({ config, log, migrations, gate: true, ...(clock ? { clock } : {}) });
  const tenants = new Tenants(platform.database.reader, platform.work, platform.clock);
  await tenants.create('platform', 'Platform');
  const pair = [
    await tenants.create('alpha', 'Alpha', NO_FACTOR),
    await tenants.create('beta', 'Beta', NO_FACTOR),
  ] as const;
  const close = async (): Promise<void> => {
    await platform.close();
    await drop();
  };
  return { platform, tenants: pair, lines, home, env, close };
}

/**
 * Environment of a process on fresh stores of `column`, and what removes them. The home is in memory where `npm test`
 * found room for it; what is killed while it works there is killed in time only on a disk.
 */
export async function testStores(
  column: Column,
  more: Readonly<Record<string, string>> = {},
  folder: string = process.env.TEST_MEMORY ?? tmpdir(),
): Promise<{ readonly home: string; readonly env: Record<string, string>; drop(): Promise<void> }> {
  const home = mkdtempSync(join(folder, 'custodia-test-'));
  const env: Record<string, string> = { CUSTODIA_HOME: home, LOG_LEVEL: 'info', ...more };
  const removeHome = (): void => rmSync(home, { recursive: true, force: true });
  if (column === 'sqlite') return { home, env, drop: async () => removeHome() };
  const main = await freshMariaDatabase('main');
  const keys = await freshMariaDatabase('keys');
  const drop = async (): Promise<void> => {
    await Promise.all([main.drop(), keys.drop()]);
    removeHome();
  };
  return { home, env: { ...env, CUSTODIA_DATABASE_URL: main.url, CUSTODIA_KEYSTORE_URL: keys.url }, drop };
}
