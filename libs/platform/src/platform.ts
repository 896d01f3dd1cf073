import type { NetworkLog } from '@libs/audit';
import { InvitationRetention, PlatformPurge } from '@libs/auth';
import type { Config } from '@libs/config';
import {
  Committer,
  checkingGate,
  type Database,
  MariaDatabase,
  type MigrationClass,
  migrate,
  openGate,
  PlaceByLoad,
  SqliteDatabase,
  UnitOfWork,
  WriterLock,
} from '@libs/database';
import {
  ConsumerRunner,
  type FeedSource,
  InvalidationFeed,
  type JournalNews,
  JournalStep,
  JournalTail,
  Sequencer,
  type WakeUp,
} from '@libs/events';
import { type Clock, Closing, systemClock } from '@libs/kernel';
import { createLogger, type Log } from '@libs/logging';
import { JournalDisclosures, type Outgoing, openOutgoing } from '@libs/outgoing';
import {
  type FieldCipher,
  KeyService,
  type KeyStore,
  type KmsPort,
  MainDatabaseSubjects,
  PassThroughCipher,
  SubjectStep,
} from '@libs/privacy';
import { contextScope, TenantSettings } from '@libs/tenancy';
import { assertWhole } from './backup/restore-home.js';
import { type DeskParts, openDesk } from './desk-parts.js';
import { ErasureUpkeep } from './erasure-upkeep.js';
import { openFieldCipher } from './field-cipher.js';
import { openFolders } from './folders.js';
import { InvitationPurgeJob } from './invitation-purge.job.js';
import { makeKeyStore, makeKms } from './key-parts.js';
import { KeyUpkeep, openLedger } from './key-upkeep.js';
import { LogPurgeJob } from './log-purge.job.js';
import { libraryMigrations } from './migrations.js';
import { openNetworkLog } from './network-log.js';
import { PassThroughJournal } from './pass-through.js';
import { openPrivacy, type PrivacyParts } from './privacy-parts.js';
import { RecordPurgeJob } from './record-purge.job.js';
import { followWakes, openWakeUp } from './wake-parts.js';

/** Bytes of the log that a SQLite database has from the beginning: room until it begins anew (LONG_LOG_PAGES). */
const PREPARED_LOG = 64 * 1024 * 1024;

/** The infrastructure of a process, built once. Everything else gets its parts from here. */
export interface Platform {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly database: Database;
  readonly committer: Committer;
  readonly work: UnitOfWork;
  readonly feed: InvalidationFeed;
  readonly consumers: ConsumerRunner;
  /** Wakes the other processes of this installation, and hears them. */
  readonly wakeUp: WakeUp;
  readonly subjects: SubjectStep;
  readonly kms: KmsPort;
  readonly keyStore: KeyStore;
  readonly keys: KeyService;
  readonly cipher: FieldCipher;
  readonly settings: TenantSettings;
  /** Destruction, rotation and sweep; services add their erasers. */
  readonly upkeep: KeyUpkeep;
  /** Register, consents and the gate. */
  readonly privacy: PrivacyParts;
  /** Erases each minute whose grace has ended. */
  readonly erasures: ErasureUpkeep;
  /** Accounts of reads, limits of reveals, approvals. */
  readonly desk: DeskParts;
  readonly networkLog: NetworkLog;
  /** Text messages, mail and calls to other services. */
  readonly outgoing: Outgoing;
  readonly closing: Closing;
  /** Waits for what is under way, then closes the stores. */
  close(): Promise<void>;
}

/** Settings and tables of a process; tests bring their own log, clock and gate. */
export interface PlatformOptions {
  readonly config: Config;
  readonly migrations: readonly MigrationClass[];
  readonly log?: Log;
  readonly clock?: Clock;
  /** Watches every statement for its tenant; on in tests and in the demo. */
  readonly gate?: boolean;
}

/** Opens folders, migrates, opens stores and keys, starts the feed. What was opened is closed when a step fails. */
export async function openPlatform(options: PlatformOptions): Promise<Platform> {
  const closing = new Closing();
  try {
    return await openParts(options, closing);
  } catch (error) {
    await closing.run().catch(() => undefined);
    throw error;
  }
}

async function openParts(options: PlatformOptions, closing: Closing): Promise<Platform> {
  const base = await openBase(options, closing);
  const { config, log, database, work, keys } = base;
  const { passthrough } = config.bench;
  const settings = new TenantSettings(database.reader);
  await followFeed(base, settings, closing);
  const cipher = passthrough ? new PassThroughCipher() : openFieldCipher(keys, base.log);
  const subjects = new MainDatabaseSubjects(database, work, base.subjects);
  const upkeep = new KeyUpkeep({ ...base, subjects, ledger: await openLedger(config) });
  closing.add(() => upkeep.stop());
  const { networkLog, desk } = openRecords({ ...base, settings, upkeep }, closing);
  const { destruction } = upkeep;
  const privacy = openPrivacy({ ...base, cipher, settings, destruction, desk, passthrough });
  const erasures = new ErasureUpkeep(privacy.erasures, log);
  closing.add(() => erasures.stop());
  const outgoing = openOutgoing({ ...base, disclosures: new JournalDisclosures(base.committer) });
  const platform = { ...base, cipher, settings, upkeep, privacy, erasures, desk, networkLog, outgoing, closing };
  return { ...platform, close: () => closing.run() };
}

/** What everything else stands on: folders, tables, the write path, keys. */
async function openBase(options: PlatformOptions, closing: Closing) {
  const { config } = options;
  const clock = options.clock ?? systemClock;
  const log = options.log ?? createLogger(config, { clock });
  closing.add(openFolders(config));
  await assertWhole(config);
  await migrate({ target: migrationTarget(config), migrations: [...libraryMigrations, ...options.migrations] });
  const watched = options.gate ?? config.profile === 'demo';
  const database = await openDatabase(config, watched);
  closing.add(() => database.close());
  const wakeUp = await openWakeUp(config, log);
  closing.add(() => wakeUp.close());
  const feed = new InvalidationFeed(await openFeedLine(config, watched, database, closing));
  const parts = writeParts({ database, clock, log, wakeUp }, config.bench.passthrough);
  return { config, clock, log, database, wakeUp, feed, ...parts, ...(await openKeys(config, clock, closing)) };
}

type Base = Awaited<ReturnType<typeof openBase>>;

/** Starts the feed, which empties the caches of keys and settings; closing stops it and waits for what is written. */
async function followFeed(base: Base, settings: TenantSettings, closing: Closing): Promise<void> {
  const { feed, keys, consumers, committer, wakeUp } = base;
  feed.onRow(({ kind, tenantId, ref }) => {
    if (kind === 'key') keys.drop(tenantId, ref);
    if (kind === 'setting') settings.drop(tenantId);
  });
  feed.onStale(() => keys.clear());
  await feed.start();
  followWakes(wakeUp, consumers, feed);
  closing.add(async () => {
    feed.stop();
    await consumers.stop();
    await committer.whenIdle();
  });
}

/** Records about what happens here: the network log, accounts of reads, approvals, each with its purge and eraser. */
function openRecords(
  parts: Base & { readonly settings: TenantSettings; readonly upkeep: KeyUpkeep },
  closing: Closing,
): { readonly networkLog: NetworkLog; readonly desk: DeskParts } {
  const { database, clock, log, upkeep } = parts;
  const daily = { reader: database.reader, clock, log };
  const { networkLog, eraser, retention } = openNetworkLog(parts);
  upkeep.erasers.add(eraser);
  upkeep.addJob(new LogPurgeJob({ ...daily, retention }));
  closing.add(() => networkLog.close());
  const desk = openDesk(parts);
  upkeep.erasers.add(desk.eraser);
  upkeep.addJob(new RecordPurgeJob(daily, desk.retention));
  const { destruction } = upkeep;
  const invitations = new InvitationRetention({ database, work: parts.work, destruction, clock });
  upkeep.addJob(new InvitationPurgeJob(daily, invitations));
  upkeep.addJob(new PlatformPurge({ ...daily, work: parts.work }));
  closing.add(() => desk.reads.close());
  return { networkLog, desk };
}

function writeParts(
  { database, clock, log, wakeUp }: Pick<Platform, 'database' | 'clock' | 'log' | 'wakeUp'>,
  passthrough: boolean,
) {
  const lock = new WriterLock(database.exclusive);
  const onRows = ({ announced }: JournalNews): void => {
    if (announced) wakeUp.tell({ kind: 'feed' });
    wakeUp.tell({ kind: 'journal' });
  };
  const tail = database.exclusive ? new JournalTail() : undefined;
  const journal = passthrough ? new PassThroughJournal(clock, onRows, tail) : new JournalStep(clock, onRows, tail);
  const committer = new Committer(database, journal, lock);
  const work = new UnitOfWork(database, journal, lock);
  const sequencer = new Sequencer(database.reader, work);
  const failed = (name: string, err: unknown): void => log.error('event.consumer-failed', { name, err });
  const consumers = new ConsumerRunner(database.reader, work, sequencer, failed, tail);
  const subjects = new SubjectStep(clock, database.exclusive);
  return { committer, work, consumers, subjects };
}

function migrationTarget({ database }: Config): { file: string } | { url: string } {
  return database.kind === 'sqlite' ? { file: database.file } : { url: database.url.reveal() };
}

async function openDatabase({ database }: Config, watched: boolean): Promise<Database> {
  const gate = watched ? checkingGate(database.kind) : openGate;
  if (database.kind === 'sqlite') {
    // A watched database is a test's: there are many of them, and none is in a hurry.
    const preparedLog = watched ? 0 : PREPARED_LOG;
    const place = new PlaceByLoad();
    return new SqliteDatabase({ file: database.file, gate, readScope: contextScope, preparedLog, place });
  }
  return MariaDatabase.open({ url: database.url.reveal(), gate, readScope: contextScope });
}

/**
 * What the feed reads by. A server's reading connections are taken in turn, so whoever asks most decides how long the
 * others wait; were the feed among them, one member's flood would make this process refuse everybody.
 */
async function openFeedLine(config: Config, watched: boolean, shared: Database, closing: Closing): Promise<FeedSource> {
  if (shared.exclusive) return shared;
  const line = await openDatabase(config, watched);
  closing.add(() => line.close());
  return line;
}

async function openKeys(
  config: Config,
  clock: Clock,
  closing: Closing,
): Promise<{ kms: KmsPort; keyStore: KeyStore; keys: KeyService }> {
  const kms = makeKms(config);
  const keyStore = makeKeyStore(config);
  await keyStore.open();
  closing.add(() => keyStore.close());
  const keys = new KeyService(kms, keyStore, clock);
  closing.add(() => keys.clear());
  return { kms, keyStore, keys };
}
