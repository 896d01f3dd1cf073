import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '@libs/config';
import { DATA_FORMAT, type Progress } from '@libs/database';
import { type Clock, OperationalError, UserError } from '@libs/kernel';
import { FolderStore, openBlobStore } from '@libs/storage';
import { openLedger } from '../key-upkeep.js';
import { BackupSet } from './backup-set.js';
import { ledgerMark } from './ledger-mark.js';
import { BACKUP_FORMAT, type DataManifest, type KeysManifest, readManifest } from './manifest.js';
import { copyTables, DATABASE, dialectOf, KEYS, OBJECTS } from './table-copies.js';

/** Copies of keys are worth something for 30 days: who is erased must not live on in them (design 5). */
export const KEYS_DAYS = 30;
const DAY_MS = 86_400_000;
const ROTATION_TRIES = 30;
const TOLD_EACH = 1000;

/** What to copy where. */
export interface BackupOrder {
  readonly config: Config;
  readonly clock: Clock;
  /** Becomes the set of data; must not be there yet. */
  readonly to: string;
  /** The same for the keys, in a place of its own; without it below `keys/copies`. */
  readonly keysTo?: string | undefined;
  readonly say: (line: string) => void;
}

/** What was made. */
export interface BackupMade {
  readonly data: DataManifest;
  readonly to: string;
  readonly keysTo: string;
  /** Old copies of keys that were deleted. */
  readonly deleted: number;
}

/**
 * Copies database and objects into one set and the wrapped keys into another, while the product runs. First the rows, then
 * the keys: each row of the copy finds its key in it, because a key is made before its row.
 */
export async function backUp(order: BackupOrder): Promise<BackupMade> {
  const { config, clock } = order;
  const madeAt = clock.now();
  const to = resolve(order.to);
  const copies = join(config.folders.keys, 'copies');
  const keysTo = resolve(order.keysTo ?? join(copies, `backup-${new Date(madeAt).toISOString().replaceAll(':', '')}`));
  assertApart(config, to, keysTo);
  const dataSet = BackupSet.begin(to);
  try {
    const data = await copyData(order, dataSet, madeAt);
    const keySet = BackupSet.begin(keysTo);
    try {
      await copyKeys(order, keySet, madeAt);
      keySet.finish();
    } catch (error) {
      keySet.abandon();
      throw error;
    }
    dataSet.finish();
    return { data, to, keysTo, deleted: deleteOldKeys(copies, madeAt) };
  } catch (error) {
    dataSet.abandon();
    throw diskFull(error);
  }
}

async function copyData(order: BackupOrder, set: BackupSet, madeAt: number): Promise<DataManifest> {
  const { config, say } = order;
  const ledger = await ledgerMark(await openLedger(config));
  const [journal, done] = await copyTables(config.database, set.inside(DATABASE), {
    ask: [
      `SELECT COUNT(*) AS entries, COALESCE(MAX(id), 0) AS newest, COALESCE(MAX(position), 0) AS position FROM event_journal`,
      'SELECT name FROM database_migration ORDER BY id',
    ],
    onProgress: sayProgress(say, 'Database'),
  });
  await copyObjects(config, set, say);
  const { entries, newest, position } = journal![0]!;
  return set.seal<DataManifest>({
    ...{ kind: 'data', format: BACKUP_FORMAT, dialect: dialectOf(config), madeAt, dataFormat: DATA_FORMAT },
    migrations: done!.map(({ name }) => String(name)),
    journal: { entries: Number(entries), newestId: Number(newest), position: Number(position) },
    ledger,
  });
}

async function copyObjects({ storage }: Config, set: BackupSet, say: (line: string) => void): Promise<void> {
  if (storage.kind === 'folder' && !existsSync(storage.folder)) return;
  const from = await openBlobStore(storage, 'reading');
  const into = await FolderStore.open(set.inside(OBJECTS));
  let count = 0;
  for await (const { key } of from.list('')) {
    const content = await from.get(key);
    // Deleted since it was listed: whoever it was about is not in this backup either.
    if (content) await into.put(key, Readable.from(content));
    count += 1;
    if (count % TOLD_EACH === 0) say(`Objects: ${count} copied …`);
  }
}

/** Between two keys of a rotation a copy would need both of them, and one is about to be destroyed. */
async function copyKeys({ config, say }: BackupOrder, set: BackupSet, madeAt: number): Promise<KeysManifest> {
  for (let tries = 1; ; tries += 1) {
    const folder = set.inside(KEYS);
    const [rotating] = await copyTables(config.keystore, folder, {
      ask: ["SELECT tenant_id FROM keystore_kek_state WHERE phase = 'rewrapping'"],
      onProgress: sayProgress(say, 'Keys'),
    });
    if (rotating!.length === 0) break;
    if (tries === ROTATION_TRIES) {
      throw new OperationalError('platform.backup-keys-rotating', 'Keys are being rotated all the time; try again.');
    }
    say('Keys are being rotated; waiting …');
    rmSync(folder, { recursive: true });
    await sleep(1000);
  }
  return set.seal<KeysManifest>({ kind: 'keys', format: BACKUP_FORMAT, dialect: dialectOf(config), madeAt });
}

/** Who finds the one must not find the other beside it. */
function assertApart({ folders, storage }: Config, to: string, keysTo: string): void {
  const objects = storage.kind === 'folder' ? [storage.folder] : [];
  const wrong =
    isInside(to, keysTo) ||
    isInside(keysTo, to) ||
    [folders.data, folders.keys, folders.ledger, ...objects].some((folder) => isInside(to, folder)) ||
    [folders.data, folders.ledger].some((folder) => isInside(keysTo, folder));
  if (!wrong) return;
  throw new UserError(
    'platform.backup-not-apart',
    'Data and keys go to different places, neither inside the other and none inside data/, keys/ or ledger/.',
  );
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`);
}

/** Only those that a backup without `--keys-to` has made; elsewhere the operator deletes. */
function deleteOldKeys(copies: string, now: number): number {
  mkdirSync(copies, { recursive: true, mode: 0o700 });
  const old = readdirSync(copies)
    .filter((name) => name.startsWith('backup-'))
    .filter((name) => now - madeAtOf(join(copies, name)) > KEYS_DAYS * DAY_MS);
  for (const name of old) rmSync(join(copies, name), { recursive: true });
  return old.length;
}

function madeAtOf(folder: string): number {
  try {
    return readManifest(folder, 'keys').madeAt;
  } catch {
    // Not one of ours: left alone.
    return Number.POSITIVE_INFINITY;
  }
}

/** At most every two looks of the copying, in whole percents. */
export function sayProgress(say: (line: string) => void, what: string): (progress: Progress) => void {
  let last = -1;
  return ({ done, of }) => {
    const percent = of === 0 ? 0 : Math.min(99, Math.floor((100 * done) / of));
    if (percent === last) return;
    last = percent;
    say(`${what}: ${percent} % …`);
  };
}

function diskFull(error: unknown): unknown {
  if (!/^(?:ENOSPC|EDQUOT|EROFS|EIO)$/.test(String((error as { code?: string }).code ?? ''))) return error;
  return new OperationalError('platform.backup-disk', 'The disk does not take the backup: full, or not writable.', {
    cause: error,
  });
}
