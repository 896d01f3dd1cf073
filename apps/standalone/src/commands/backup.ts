import { parseArgs } from 'node:util';
import type { Config } from '@libs/config';
import { systemClock, UserError } from '@libs/kernel';
import { backUp, libraryMigrations, restore } from '@libs/platform';
import { standaloneMigrations } from '../standalone.js';

type Say = (line: string) => void;

/** `backup --to <folder> [--keys-to <folder>]`, beside the running server or without it. */
export async function makeBackup(config: Config, args: readonly string[], say: Say): Promise<void> {
  const { to, 'keys-to': keysTo } = options(args, { to: { type: 'string' }, 'keys-to': { type: 'string' } });
  if (typeof to !== 'string') throw new UserError('standalone.to-required', `Say where: ${BACKUP}`);
  const made = await backUp({ config, clock: systemClock, to, keysTo: textOf(keysTo), say });
  const { files, journal, ledger } = made.data;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  say(`Backup: ${made.to} (${files.length} files, ${megabytes(bytes)} MB, ${journal.entries} journal entries).`);
  say(`Keys:   ${made.keysTo} (refused after 30 days; bring it to a place of its own).`);
  say(`The ledger (${ledger.entries} entries) and the root key are in neither: see docs/operation.md.`);
  if (made.deleted > 0) say(`Deleted ${made.deleted} copies of keys that were older than 30 days.`);
}

/** `restore --from <folder> [--keys-from <folder>] [--replace]`; the server must be stopped. */
export async function restoreBackup(config: Config, args: readonly string[], say: Say): Promise<void> {
  const given = options(args, {
    from: { type: 'string' },
    'keys-from': { type: 'string' },
    replace: { type: 'boolean' },
  });
  if (typeof given.from !== 'string') throw new UserError('standalone.from-required', `Say where from: ${RESTORE}`);
  const done = await restore({
    ...{ config, clock: systemClock, from: given.from, keysFrom: textOf(given['keys-from']), say },
    replace: given.replace === true,
    migrations: [...libraryMigrations, ...standaloneMigrations].map(({ name }) => name),
  });
  say(`Restored the backup of ${new Date(done.data.madeAt).toISOString()}.`);
  if (done.destroyedAgain > 0)
    say(`Destroyed the keys of ${done.destroyedAgain} people again: they are in the ledger.`);
  say('The next start erases again whoever the ledger names, before it listens.');
}

const BACKUP = 'npm run backup -- --to <folder> [--keys-to <folder>]';
const RESTORE = 'npm run restore -- --from <folder> [--keys-from <folder>] [--replace]';

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

function options(args: readonly string[], known: Options): Readonly<Record<string, string | boolean | undefined>> {
  try {
    return parseArgs({ args: [...args], options: known, strict: true }).values as Record<string, string | boolean>;
  } catch (cause) {
    const usage = `${(cause as Error).message} Usage: ${'to' in known ? BACKUP : RESTORE}`;
    throw new UserError('standalone.bad-option', usage, { cause });
  }
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
