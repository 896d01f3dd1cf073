import { AppError, OperationalError, UnexpectedError } from '@libs/kernel';
import type { Database, OpenTx } from '../database.js';
import { tenantsScope } from '../gate/gate.js';
import type { Tx } from '../sql.js';
import { type JournalEntry, type Placed, type StepKind, type WriteSet, wholeSet } from '../write-set.js';
import type { WriterLock } from './writer-lock.js';

/** As many sets as one transaction may hold; the benchmark's limit has the same bound. */
const MOST_PER_BATCH = 500;
/**
 * Batches of several begin so far apart, ms. Committed as often as it goes, each holds a few messages, and the process
 * spends itself on commits: at half of its greatest rate nine tenths of its time, so that every pause made a queue. Who
 * writes alone waits for this only behind a batch of several.
 */
const APART_MS = 2;
/** Sets that may wait; beyond it the process says so instead of growing. */
const MOST_WAITING = 20_000;

type AnyKind = StepKind<unknown, unknown>;

/** Called once: without an argument after the commit, with the refusal otherwise. Must not throw. */
export type Committed = (error?: unknown) => void;

interface Waiting {
  readonly set: WriteSet;
  readonly done: Committed;
}

/** All items of one kind in a batch. */
interface Part {
  readonly kind: AnyKind;
  readonly items: Placed<unknown>[];
  state: unknown;
}

/** One step of one set, with the part of its kind. */
interface PlacedStep {
  readonly part: Part;
  readonly placed: Placed<unknown>;
}

/** A batch taken apart: by kind for reading and writing, by set for deciding. */
interface Plan {
  readonly parts: readonly Part[];
  readonly sets: readonly (readonly PlacedStep[])[];
}

/** The kind of step that writes journal rows; bound by the composition root (libs/events). */
export type JournalKind = StepKind<JournalEntry, unknown> & {
  /** Upkeep was committed, which writes no row of the journal: others may have something to forget. Must not throw. */
  upkept?(tx: Tx): void;
};

/**
 * The one committer of a process (design 1.4): drains all waiting write sets into one transaction. A refused set costs
 * its neighbours nothing; when a batch fails for an unexpected reason each set is tried alone, so only its own caller
 * hears of it. A promise of `submit` resolves after the commit.
 */
export class Committer {
  private waiting: Waiting[] = [];
  private scheduled = false;
  private draining = false;
  /** When the next batch may begin. */
  private nextAt = 0;
  private idle: (() => void)[] = [];
  private batches = 0;
  private sets = 0;

  constructor(
    private readonly database: Database,
    private readonly journal: JournalKind,
    private readonly lock: WriterLock,
  ) {}

  /** Commits `set` with whatever else waits. Rejects with the refusal, or with 503 when the database is away. */
  submit(set: WriteSet): Promise<void> {
    return new Promise((resolve, reject) => {
      this.enqueue(set, (error) => (error === undefined ? resolve() : reject(error)));
    });
  }

  /** The same without a promise: the message path counts them (docs/performance.md). */
  enqueue(set: WriteSet, done: Committed): void {
    if (set.journal.length === 0 || set.along?.some(({ journal }) => journal.length === 0)) {
      done(new UnexpectedError('database.no-journal', 'A write set without a journal entry'));
    } else if (this.waiting.length >= MOST_WAITING) {
      done(new OperationalError('database.busy', 'Too many writes are waiting'));
    } else {
      this.waiting.push({ set, done });
      this.schedule();
    }
  }

  /** Sets that wait now, and what was committed since the start: sets by batches is how well they gather. */
  get load(): { readonly waiting: number; readonly batches: number; readonly sets: number } {
    return { waiting: this.waiting.length, batches: this.batches, sets: this.sets };
  }

  /** Resolves when nothing waits any more: used when the process drains. */
  whenIdle(): Promise<void> {
    if (!this.draining && this.waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  private schedule(): void {
    if (this.scheduled || this.draining) return;
    this.scheduled = true;
    const early = this.nextAt - performance.now();
    if (early > 0) setTimeout(() => void this.drain(), Math.ceil(early));
    else setImmediate(() => void this.drain());
  }

  private async drain(): Promise<void> {
    this.scheduled = false;
    this.draining = true;
    const batch = this.waiting.splice(0, MOST_PER_BATCH);
    if (batch.length > 1) this.nextAt = performance.now() + APART_MS;
    const release = await this.lock.acquire();
    try {
      await this.commitBatch(batch);
    } finally {
      release();
      this.draining = false;
      if (this.waiting.length > 0) this.schedule();
      else for (const done of this.idle.splice(0)) done();
    }
  }

  private async commitBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.attempt(batch);
      return;
    } catch (error) {
      // What may be stored is not written again: it would be there twice.
      if (batch.length === 1 || isUnknown(error)) {
        const explained = this.explain(error);
        for (const one of batch) guarded(() => one.done(explained));
        return;
      }
    }
    for (const one of batch) {
      try {
        await this.attempt([one]);
      } catch (error) {
        one.done(this.explain(error));
      }
    }
  }

  /** Runs one transaction, again when the database only asked for patience (deadlock). */
  private async attempt(batch: readonly Waiting[], triesLeft = 3): Promise<void> {
    const plan = planOf(batch);
    const opening = this.database.begin(tenantsScope(tenantsOf(batch)));
    const open = opening instanceof Promise ? await opening : opening;
    let refusals: Map<Waiting, AppError>;
    let journal: unknown;
    try {
      journal = await this.journal.load(open.tx, []);
      refusals = await this.fill(open.tx, batch, plan, journal);
      await finish(open, refusals.size === batch.length);
    } catch (error) {
      await rollbackQuietly(open);
      for (const part of plan.parts) if (part.state !== undefined) part.kind.aborted(part.state);
      if (triesLeft > 1 && this.database.isTransient(error)) return this.attempt(batch, triesLeft - 1);
      throw error;
    }
    this.batches += 1;
    this.sets += batch.length - refusals.size;
    // From here on nothing may lead to a second try: what is committed is committed.
    for (const one of batch) guarded(() => (refusals.size === 0 ? one.done() : one.done(refusals.get(one))));
    for (const part of plan.parts) guarded(() => part.kind.committed(part.state));
    guarded(() => this.journal.committed(journal));
  }

  private async fill(
    tx: Tx,
    batch: readonly Waiting[],
    { parts, sets }: Plan,
    journal: unknown,
  ): Promise<Map<Waiting, AppError>> {
    for (const part of parts) {
      const loading = part.kind.load(tx, part.items);
      part.state = loading instanceof Promise ? await loading : loading;
    }
    const refusals = new Map<Waiting, AppError>();
    for (const [index, one] of batch.entries()) {
      const steps = sets[index]!;
      const refusal = firstRefusal(steps);
      if (refusal) refusals.set(one, refusal);
      else this.applySet(one.set, steps, journal);
    }
    for (const part of parts) {
      const writing = part.kind.write(tx, part.state);
      if (writing instanceof Promise) await writing;
    }
    await this.journal.write(tx, journal);
    return refusals;
  }

  private applySet(set: WriteSet, steps: readonly PlacedStep[], journal: unknown): void {
    for (const { part, placed } of steps) part.kind.apply(part.state, placed);
    for (const one of wholeSet(set)) for (const item of one.journal) this.journal.apply(journal, { item, set: one });
  }

  private explain(error: unknown): unknown {
    if (error instanceof AppError) return error;
    return new OperationalError('database.write-failed', 'The change could not be stored', { cause: error });
  }
}

function isUnknown(error: unknown): boolean {
  return error instanceof AppError && error.code === 'database.outcome-unknown';
}

/** Tells somebody of a commit; what goes wrong there is an error of its own, never a reason to write again. */
function guarded(tell: () => void): void {
  try {
    tell();
  } catch (error) {
    setImmediate(() => {
      throw error;
    });
  }
}

/** The tenants that a batch names: the gate lets nothing else pass. */
function tenantsOf(batch: readonly Waiting[]): ReadonlySet<string> {
  const tenants = new Set<string>();
  for (const { set } of batch) {
    tenants.add(set.tenantId);
    for (const { tenantId } of set.along ?? []) tenants.add(tenantId);
  }
  return tenants;
}

function planOf(batch: readonly Waiting[]): Plan {
  const parts = new Map<AnyKind, Part>();
  const place = (set: WriteSet): PlacedStep[] =>
    set.steps.map(({ kind, item }) => {
      let part = parts.get(kind);
      if (!part) {
        part = { kind, items: [], state: undefined };
        parts.set(kind, part);
      }
      const placed = { item, set };
      part.items.push(placed);
      return { part, placed };
    });
  const sets = batch.map(({ set }) => (set.along ? wholeSet(set).flatMap(place) : place(set)));
  return { parts: [...parts.values()].sort((a, b) => a.kind.order - b.kind.order), sets };
}

function firstRefusal(steps: readonly PlacedStep[]): AppError | undefined {
  for (const { part, placed } of steps) {
    const refusal = part.kind.decide(part.state, placed);
    if (refusal) return refusal;
  }
  return undefined;
}

async function finish(open: OpenTx, nothingToKeep: boolean): Promise<void> {
  const ending = nothingToKeep ? open.rollback() : open.commit();
  if (ending instanceof Promise) await ending;
}

async function rollbackQuietly(open: OpenTx): Promise<void> {
  try {
    await open.rollback();
  } catch {
    // The connection is gone; the database has rolled back by itself.
  }
}
