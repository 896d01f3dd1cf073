import type { Clock } from '@libs/kernel';
import type { KeyService } from '../key-ladder/key.service.js';
import type { KeyStore } from '../key-store/key-store.port.js';
import type {
  AllSubjectRows,
  DestructionLedger,
  LedgerEntry,
  StepListener,
  SubjectFence,
} from './destruction.ports.js';

/** Steps of a destruction in order, as a `StepListener` hears them. */
export const DESTRUCTION_STEPS = [
  'destruction:ordered',
  'destruction:fenced',
  'destruction:keys-destroyed',
  'destruction:rows-erased',
  'destruction:done',
] as const;

/** What a destruction works on. */
export interface DestructionPorts {
  readonly ledger: DestructionLedger;
  readonly fence: SubjectFence;
  readonly rows: AllSubjectRows;
}

/**
 * Destroys a person in an order that survives a crash: the ledger first, so that it is known what has to be finished;
 * then the fence, so that nothing new is written; then the keys, so that everything is unreadable; then the rows. Rows of
 * other services are erased by their processes, when they resume what the ledger has open.
 */
export class SubjectDestruction {
  constructor(
    private readonly keys: KeyService,
    private readonly store: KeyStore,
    private readonly clock: Clock,
    private readonly ports: DestructionPorts,
    private readonly onStep?: StepListener,
  ) {}

  /** Returns when this process can do no more: true when the last row is gone. May be called again, by any process. */
  async destroySubject(tenantId: string, subjectId: string): Promise<boolean> {
    await this.append(tenantId, subjectId, 'ordered');
    return this.execute(tenantId, subjectId);
  }

  /** Does this process's part of what a crash interrupted or another one began; returns how many there were. */
  async resumeDestructions(): Promise<number> {
    const open = new Map<string, LedgerEntry>();
    const done = new Set<string>();
    for await (const entry of this.ports.ledger.entries()) {
      const key = `${entry.tenantId}|${entry.subjectId}`;
      if (entry.step === 'done') done.add(key);
      else open.set(key, entry);
    }
    for (const key of done) open.delete(key);
    for (const { tenantId, subjectId } of open.values()) await this.execute(tenantId, subjectId);
    return open.size;
  }

  /** After a restore: every destruction ever ordered is done again, before any listener opens. */
  async replayLedger(): Promise<number> {
    const ordered = new Map<string, LedgerEntry>();
    for await (const entry of this.ports.ledger.entries()) {
      if (entry.step === 'ordered') ordered.set(`${entry.tenantId}|${entry.subjectId}`, entry);
    }
    for (const { tenantId, subjectId } of ordered.values()) await this.execute(tenantId, subjectId);
    return ordered.size;
  }

  private async execute(tenantId: string, subjectId: string): Promise<boolean> {
    this.onStep?.('destruction:ordered');
    await this.ports.fence.close(tenantId, subjectId);
    this.onStep?.('destruction:fenced');
    await this.store.destroySubject(tenantId, subjectId, this.clock.now());
    this.keys.drop(tenantId, subjectId);
    this.onStep?.('destruction:keys-destroyed');
    const complete = await this.ports.rows.erase(tenantId, subjectId);
    this.onStep?.('destruction:rows-erased');
    if (!complete) return false;
    await this.append(tenantId, subjectId, 'done');
    this.onStep?.('destruction:done');
    return true;
  }

  private append(tenantId: string, subjectId: string, step: LedgerEntry['step']): Promise<void> {
    return this.ports.ledger.append({ tenantId, subjectId, step, at: this.clock.now() });
  }
}
