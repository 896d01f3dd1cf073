import { createReadStream } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '@libs/config';
import { DATA_FORMAT, loadMaria } from '@libs/database';
import { type Clock, UserError } from '@libs/kernel';
import type { DestructionLedger } from '@libs/privacy';
import { openBlobStore } from '@libs/storage';
import { openFolders } from '../folders.js';
import { openLedger } from '../key-upkeep.js';
import { KEYS_DAYS, sayProgress } from './backup.js';
import { verifyFiles } from './backup-set.js';
import { assertReaches } from './ledger-mark.js';
import { type DataManifest, type KeysManifest, newer, readManifest } from './manifest.js';
import { assertUnused, isMarked, mark, placeFile, presentIn, unmark } from './restore-home.js';
import { assertKeysOpen, destroyAgain, placeKeys } from './restored-keys.js';
import { DATABASE, dialectOf, OBJECTS, sqliteCopy, tableFiles } from './table-copies.js';

const DAY_MS = 86_400_000;
const TOLD_EACH = 1000;

/** What to put back where. */
export interface RestoreOrder {
  readonly config: Config;
  readonly clock: Clock;
  readonly from: string;
  /** Set of keys; without it the key store that is there is used. */
  readonly keysFrom?: string | undefined;
  /** What is there now may go. */
  readonly replace: boolean;
  /** Names of the migrations that this program knows. */
  readonly migrations: readonly string[];
  readonly say: (line: string) => void;
}

/** What was put back. */
export interface Restored {
  readonly data: DataManifest;
  /** People of the ledger whose keys the copy had brought back; their rows go before the next start opens a port. */
  readonly destroyedAgain: number;
}

interface Sets {
  readonly from: string;
  readonly data: DataManifest;
  readonly keysFrom: string | undefined;
  readonly keys: KeysManifest | undefined;
}

/**
 * Puts a backup back. Everything that can be refused is refused before anything is touched; from then on a mark keeps
 * every start away until the last row is there. Keys of people who were destroyed since die here, before any process
 * can use them; their rows are erased by the next start before it listens (KeyUpkeep).
 */
export async function restore(order: RestoreOrder): Promise<Restored> {
  const { config, say } = order;
  const sets = await readSets(order);
  const release = openFolders(config);
  try {
    const ledger = await openLedger(config);
    await assertRoom(order, sets, ledger);
    await assertKeysOpen(config, sets.keysFrom, sets.keys);
    await mark(config);
    await placeKeys(config, sets.keysFrom, sets.keys);
    const destroyedAgain = await destroyAgain(order, ledger);
    await placeObjects(config, sets, say);
    await placeDatabase(config, sets, say);
    await unmark(config);
    return { data: sets.data, destroyedAgain };
  } finally {
    release();
  }
}

async function readSets({ config, clock, from, keysFrom, migrations, say }: RestoreOrder): Promise<Sets> {
  const data = readManifest(resolve(from), 'data');
  const keys = keysFrom === undefined ? undefined : readManifest(resolve(keysFrom), 'keys');
  if (data.dataFormat > DATA_FORMAT) throw newer(`${from} holds data of format ${data.dataFormat}`);
  const unknown = data.migrations.find((name) => !migrations.includes(name));
  if (unknown !== undefined) throw newer(`${from} has tables that this program does not know (${unknown})`);
  for (const set of keys ? [data, keys] : [data]) assertDialect(config, set.dialect);
  if (keys) assertAge(keys, data, clock.now());
  const sets = { from: resolve(from), data, keys, keysFrom: keysFrom === undefined ? undefined : resolve(keysFrom) };
  await verifyFiles(sets.from, data.files, teller(say, 'Comparing', data.files.length));
  if (keys) await verifyFiles(sets.keysFrom!, keys.files, () => {});
  return sets;
}

function assertDialect(config: Config, dialect: string): void {
  if (dialect === dialectOf(config)) return;
  throw new UserError(
    'platform.backup-other-dialect',
    `The backup was made of ${dialect}, this home has ${dialectOf(config)}. Restore it into the same kind.`,
  );
}

function assertAge(keys: KeysManifest, data: DataManifest, now: number): void {
  if (now - keys.madeAt > KEYS_DAYS * DAY_MS) {
    throw new UserError(
      'platform.backup-keys-too-old',
      `The copy of the keys is older than ${KEYS_DAYS} days. It is accepted no more; delete it and take a newer one.`,
    );
  }
  if (keys.madeAt < data.madeAt) {
    throw new UserError(
      'platform.backup-keys-older',
      'The copy of the keys is older than the data: the newest people in the data would have no key. ' +
        'Take the one that was made with these data, or a newer one.',
    );
  }
}

/** Nobody uses the home, the ledger reaches far enough, and nothing is overwritten that nobody gave up. */
async function assertRoom(order: RestoreOrder, { keys, data }: Sets, ledger: DestructionLedger): Promise<void> {
  const { config, replace } = order;
  await assertUnused(config);
  await assertReaches(ledger, data.ledger);
  if (replace || (await isMarked(config))) return;
  const present = await presentIn(config, keys !== undefined);
  if (present.length === 0) return;
  throw new UserError(
    'platform.restore-not-empty',
    `There is ${present.join(' and ')} already. Restore into an empty home, or give it up with --replace.`,
  );
}

async function placeObjects({ storage }: Config, { from, data }: Sets, say: (line: string) => void): Promise<void> {
  const prefix = `${OBJECTS}/`;
  const paths = data.files.map(({ path }) => path).filter((path) => path.startsWith(prefix));
  if (paths.length === 0) return;
  const store = await openBlobStore(storage);
  const told = teller(say, 'Objects', paths.length);
  for (const [index, path] of paths.entries()) {
    told(index);
    await store.put(path.slice(prefix.length), createReadStream(join(from, path)));
  }
}

async function placeDatabase({ database }: Config, { from, data }: Sets, say: (line: string) => void): Promise<void> {
  if (database.kind === 'sqlite') {
    say('Database …');
    placeFile(sqliteCopy(from, DATABASE, data.files), database.file);
    return;
  }
  const tables = tableFiles(DATABASE, data.files);
  await loadMaria(join(from, DATABASE), tables, database.url.reveal(), sayProgress(say, 'Database'));
}

function teller(say: (line: string) => void, what: string, of: number): (done: number) => void {
  return (done) => {
    if (done % TOLD_EACH === 0) say(`${what}: ${done} of ${of} files …`);
  };
}
