import type { Database, UnitOfWork } from '@libs/database';
import type { InvalidationFeed } from '@libs/events';
import type { Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import {
  ConsentAsks,
  ConsentBook,
  ErasureQueue,
  type FieldCipher,
  type KeyService,
  LinkBook,
  PersonalGate,
  RegisterBook,
  type SubjectDestruction,
  type SubjectStep,
} from '@libs/privacy';
import type { TenantSettings } from '@libs/tenancy';
import type { DeskParts } from './desk-parts.js';
import { PassThroughGate } from './pass-through.js';

interface Needed {
  readonly database: Database;
  readonly work: UnitOfWork;
  readonly feed: InvalidationFeed;
  readonly subjects: SubjectStep;
  readonly keys: KeyService;
  readonly cipher: FieldCipher;
  readonly settings: TenantSettings;
  readonly destruction: SubjectDestruction;
  readonly desk: DeskParts;
  readonly clock: Clock;
  readonly log: Log;
  /** The benchmark's counterpart without protection. */
  readonly passthrough?: boolean;
}

/** Register, consents and the gate of a process. */
export interface PrivacyParts {
  readonly register: RegisterBook;
  readonly consents: ConsentBook;
  readonly asks: ConsentAsks;
  readonly links: LinkBook;
  readonly gate: PersonalGate;
  readonly erasures: ErasureQueue;
}

/** Builds the parts in the order in which they need each other; the feed tells them what to forget. */
export function openPrivacy(needed: Needed): PrivacyParts {
  const { database, work, feed, subjects, keys, cipher, settings, destruction, desk, clock, log } = needed;
  const registers = new RegisterBook({ database, work, clock, approvals: desk.approvals });
  const consents = new ConsentBook({ database, work, clock, keys, settings, registers, subjects });
  feed.onRow(({ kind, tenantId, ref, again }) => {
    // A row that can be read is committed, and reads under way were told the first time: once is enough.
    if (again) return;
    if (kind === 'register') registers.drop(tenantId);
    if (kind === 'consent' || kind === 'key') consents.drop(tenantId, ref);
  });
  feed.onStale(() => {
    registers.clear();
    consents.clear();
  });
  const Gate = needed.passthrough ? PassThroughGate : PersonalGate;
  return {
    register: registers,
    consents,
    asks: new ConsentAsks({ database, work, clock, registers }),
    links: new LinkBook({ database, work, clock, consents }),
    gate: new Gate({ registers, consents, cipher, accounts: desk.reads, feed }),
    erasures: new ErasureQueue({
      ...{ database, work, clock, destruction },
      onError: (task, error) => log.error('privacy.erasure-failed', { ...task, err: error }),
    }),
  };
}
