import { mayApprove } from '@libs/auth';
import type { Committer, Database, UnitOfWork } from '@libs/database';
import type { Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import {
  Approvals,
  DeskEraser,
  type KeyService,
  ReadAccounts,
  RecordRetention,
  RevealGuard,
  TenantText,
} from '@libs/privacy';
import type { TenantSettings } from '@libs/tenancy';

interface Needed {
  readonly database: Database;
  readonly committer: Committer;
  readonly work: UnitOfWork;
  readonly keys: KeyService;
  readonly settings: TenantSettings;
  readonly clock: Clock;
  readonly log: Log;
}

/** Accounts of reads, limits of reveals and approvals of a process. */
export interface DeskParts {
  readonly reads: ReadAccounts;
  readonly reveals: RevealGuard;
  readonly approvals: Approvals;
  readonly eraser: DeskEraser;
  readonly retention: RecordRetention;
}

/** Builds the parts; whoever opens them closes `reads` before the committer stops. */
export function openDesk({ database, committer, work, keys, settings, clock, log }: Needed): DeskParts {
  const text = new TenantText(keys);
  const onError = (error: unknown): void => log.error('privacy.reads-not-written', { err: error });
  return {
    reads: new ReadAccounts({ committer, database, text, clock, onError }),
    reveals: new RevealGuard({ work, settings, clock }),
    approvals: new Approvals({ work, database, text, clock, mayApprove }),
    eraser: new DeskEraser(work),
    retention: new RecordRetention({ database, work, clock }),
  };
}
