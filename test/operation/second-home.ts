import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthModule } from '@libs/auth';
import { loadConfig } from '@libs/config';
import { bootstrapService } from '@libs/http';
import type { Clock } from '@libs/kernel';
import { createLogger, logLines } from '@libs/logging';
import { libraryMigrations, openPlatform, type Platform, platformModule, restore } from '@libs/platform';
import { type Column, testStores } from '@libs/testing';
import { standaloneMigrations, standaloneModules } from '../../apps/standalone/src/standalone.js';
import type { StoredIn } from '../durability/stored-messages.js';
import { freePort } from '../servers/index.mjs';

/** Every migration that the program knows, by name. */
export const MIGRATIONS = [...libraryMigrations, ...standaloneMigrations].map(({ name }) => name);

/** A home on stores of its own, into which backups are restored, and the product that starts on it. */
export interface SecondHome {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stored: StoredIn;
  readonly platform: Platform;
  readonly origin: string;
  /** What no backup holds, from the home it was made in: root key and ledger. */
  bring(home: string): void;
  restore(order: { from: string; keysFrom?: string; replace?: boolean; clock?: Clock }): Promise<number>;
  /** All five services; `beforeListening` runs when the services are made and no port is open. */
  start(): Promise<void>;
  stop(): Promise<void>;
  drop(): Promise<void>;
}

class SecondModule {}

/** Makes the stores; nothing runs before `start`. */
export async function openSecondHome(column: Column): Promise<SecondHome> {
  const stores = await testStores(column, {}, tmpdir());
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = { ...stores.env, PORT: String(port), CUSTODIA_PUBLIC_ORIGIN: origin };
  const config = loadConfig(env);
  const { database } = config;
  const stored = database.kind === 'sqlite' ? { file: database.file } : { url: database.url.reveal() };
  const { destination } = logLines();
  const log = createLogger({ log: { level: 'info' } }, { destination });
  let running: { readonly platform: Platform; close(): Promise<void> } | undefined;
  const stop = async (): Promise<void> => {
    await running?.close();
    running = undefined;
  };
  return {
    ...{ home: stores.home, env, stored, origin, stop },
    get platform() {
      return running!.platform;
    },
    bring: (from) => bringUncopied(from, stores.home),
    restore: async ({ from, keysFrom, replace = false, clock = { now: () => Date.now() } }) => {
      const order = { ...{ config, clock, from, keysFrom, replace }, migrations: MIGRATIONS, say: () => {} };
      return (await restore(order)).destroyedAgain;
    },
    start: async () => {
      const platform = await openPlatform({ config, log, migrations: standaloneMigrations, gate: true });
      const module = { module: SecondModule, imports: [platformModule(platform), AuthModule, ...standaloneModules] };
      const service = await bootstrapService({ name: 'second', module, config, log, clock: platform.clock });
      running = { platform, close: () => service.close() };
    },
    drop: async () => {
      await stop();
      await stores.drop();
    },
  };
}

function bringUncopied(from: string, to: string): void {
  mkdirSync(join(to, 'keys'), { recursive: true, mode: 0o700 });
  cpSync(join(from, 'keys', 'root.key'), join(to, 'keys', 'root.key'));
  if (existsSync(join(from, 'ledger'))) cpSync(join(from, 'ledger'), join(to, 'ledger'), { recursive: true });
}
