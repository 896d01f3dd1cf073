import type { Committer, Database, UnitOfWork } from '@libs/database';
import { announce, type InvalidationFeed } from '@libs/events';
import type { ManualClock } from '@libs/kernel';
import type { ConsentBook, FieldCipher, KeyService, PersonalGate, RegisterBook, SubjectStep } from '@libs/privacy';

/** What one process knows of consents: its caches and its own reading of the feed. */
export interface ConsentProcess {
  readonly register: RegisterBook;
  readonly consents: ConsentBook;
  readonly gate: PersonalGate;
  readonly feed: InvalidationFeed;
  readonly committer: Committer;
  readonly work: UnitOfWork;
}

/** Two processes on one database. */
export interface Processes {
  readonly both: readonly [ConsentProcess, ConsentProcess];
  readonly database: Database;
  readonly subjects: SubjectStep;
  readonly keys: KeyService;
  readonly cipher: FieldCipher;
  readonly clock: ManualClock;
  /** A new tenant, for one world. */
  tenant(): Promise<string>;
  /** Rows of the feed that both have read; without them nothing is dropped that was not announced. */
  forgetFeed(): Promise<void>;
  close(): Promise<void>;
}

/** Tells every process that somebody's consents have to be read again. */
export async function announcePeople(
  { work }: ConsentProcess,
  tenantId: string,
  people: readonly string[],
  write: (tx: Parameters<Parameters<UnitOfWork['upkeep']>[0]>[0]) => Promise<unknown>,
): Promise<void> {
  await work.upkeep(
    async (tx) => {
      await write(tx);
      for (const ref of people) await announce(tx, { kind: 'consent', tenantId, ref });
    },
    new Set([tenantId]),
  );
}
