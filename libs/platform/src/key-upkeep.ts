import { join } from 'node:path';
import type { Config } from '@libs/config';
import type { Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import {
  type DestructionLedger,
  FileDestructionLedger,
  KekRotation,
  type KeyService,
  type KeyStore,
  type KmsPort,
  type MainDatabaseSubjects,
  ObjectDestructionLedger,
  OrphanSweep,
  SubjectDestruction,
  SubjectErasers,
} from '@libs/privacy';

const HOUR_MS = 3_600_000;

interface UpkeepParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly kms: KmsPort;
  readonly keyStore: KeyStore;
  readonly keys: KeyService;
  readonly subjects: MainDatabaseSubjects;
  readonly ledger: DestructionLedger;
}

/** Work beside the keys that each round of the upkeep calls; it knows itself what is due. */
export interface UpkeepJob {
  run(): Promise<void>;
}

/**
 * What keeps the promises about keys (design 5): destruction with its ledger, rotation within 24 h after it, the sweep
 * of keys that never got a person.
 */
export class KeyUpkeep {
  readonly erasers: SubjectErasers;
  readonly destruction: SubjectDestruction;
  readonly rotation: KekRotation;
  private readonly sweep: OrphanSweep;
  private readonly log: Log;
  private readonly ledger: DestructionLedger;
  private readonly subjects: MainDatabaseSubjects;
  private readonly jobs: UpkeepJob[] = [];
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  /** Rounds and jobs since the start, those that failed among them. */
  readonly counts = { done: 0, failed: 0 };

  constructor({ config, clock, log, kms, keyStore, keys, subjects, ledger }: UpkeepParts) {
    this.log = log;
    this.ledger = ledger;
    this.subjects = subjects;
    this.erasers = new SubjectErasers(subjects);
    this.destruction = new SubjectDestruction(keys, keyStore, clock, { ledger, fence: subjects, rows: this.erasers });
    this.rotation = new KekRotation(kms, keyStore, clock, { copies: join(config.folders.keys, 'copies') });
    this.sweep = new OrphanSweep(keys, keyStore, clock, subjects);
  }

  /**
   * Before any listener opens: finishes what a crash interrupted, and erases again whoever a restored backup brought
   * back. Then works at once and each hour, so that a server restarted every hour rotates as well.
   */
  async start(): Promise<void> {
    await this.destruction.resumeDestructions();
    await this.eraseRevived();
    this.running = this.work();
    this.timer = setInterval(() => {
      this.running = this.work();
    }, HOUR_MS);
    this.timer.unref();
  }

  addJob(job: UpkeepJob): void {
    this.jobs.push(job);
  }

  /** One round: tenants whose keys were destroyed get a new KEK; orphans go; then the jobs, each for itself. */
  async work(): Promise<void> {
    await this.keepKeys();
    for (const job of this.jobs) {
      await job.run().then(
        () => this.count('done'),
        (error: unknown) => {
          this.count('failed');
          this.log.error('platform.upkeep-job-failed', { err: error });
        },
      );
    }
  }

  private async keepKeys(): Promise<void> {
    try {
      await this.destruction.resumeDestructions();
      const rotated = await this.rotation.rotateDue();
      const swept = await this.sweep.sweep();
      this.count('done');
      if (rotated + swept > 0) this.log.info('platform.keys-kept', { count: rotated, rows: swept });
    } catch (error) {
      this.count('failed');
      this.log.error('platform.keys-upkeep-failed', { err: error });
    }
  }

  private count(how: 'done' | 'failed'): void {
    this.counts[how] += 1;
  }

  /** The ledger outlives every backup: whoever stands in it as done and is not erased here, or not by us, was restored. */
  private async eraseRevived(): Promise<void> {
    const byTenant = new Map<string, Set<string>>();
    for await (const { tenantId, subjectId, step } of this.ledger.entries()) {
      if (step !== 'done') continue;
      const ids = byTenant.get(tenantId) ?? new Set();
      byTenant.set(tenantId, ids.add(subjectId));
    }
    for (const [tenantId, ids] of byTenant) {
      for (const subjectId of await this.subjects.revived(tenantId, [...ids], this.erasers.names)) {
        this.log.warn('platform.restored-person-erased', { tenantId, subjectId });
        await this.destruction.destroySubject(tenantId, subjectId);
      }
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }
}

/** A file of its own, or objects under object lock where a store is configured. */
export async function openLedger({ ledger }: Config): Promise<DestructionLedger> {
  if (ledger.kind === 'folder') return new FileDestructionLedger(join(ledger.folder, 'destructions.jsonl'));
  const { endpoint, port, tls, bucket, accessKey, secretKey } = ledger;
  const locked = new ObjectDestructionLedger({
    endpoint,
    port,
    tls,
    bucket,
    accessKey: accessKey.reveal(),
    secretKey: secretKey.reveal(),
  });
  await locked.open();
  return locked;
}
