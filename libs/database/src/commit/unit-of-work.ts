import { AsyncLocalStorage } from 'node:async_hooks';
import { OperationalError, UnexpectedError, within } from '@libs/kernel';
import type { Database, OpenTx } from '../database.js';
import { tenantsScope } from '../gate/gate.js';
import type { Tx } from '../sql.js';
import type { Actor, JournalEntry, Placed } from '../write-set.js';
import type { JournalKind } from './committer.js';
import type { WriterLock } from './writer-lock.js';

/** What `run` needs to know; the same facts a write set carries. */
export interface WorkScope {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly purpose: string;
  readonly correlationId: string;
  /** Other tenants that the work is about as well (one login, members in several of them). */
  readonly alsoIn?: readonly string[];
}

/** A transaction with its journal: rows through `tx`, and at least one `record`. */
export interface Work {
  readonly tx: Tx;
  /** `tenantId`: whose journal it is, one of those that the work names; without it the first. */
  record(entry: JournalEntry, tenantId?: string): void;
}

const NO_TENANTS: ReadonlySet<string> = new Set();

/** Longest time a transaction may stay open (design 1: feed age counts on it). */
const LONGEST_MS = 10_000;
/** How often work is done that the database asked to begin anew, and how long at most: others may be waiting for it. */
const TRIES = 3;
const TRIED_FOR_MS = 3_000;

/**
 * For rare work that needs to read and write step by step (migration of settings, seeds, projections). The message
 * path never uses it. Shares the writer lock with the committer; nesting is refused.
 */
export class UnitOfWork {
  private readonly inside = new AsyncLocalStorage<true>();

  constructor(
    private readonly database: Database,
    private readonly journal: JournalKind,
    private readonly lock: WriterLock,
  ) {}

  /**
   * Runs `work` in one transaction: committed when it returns, rolled back when it throws. Where a second try may
   * mend it (of two that wait for each other the database ends one; a lock or the line was lost before the commit), `work`
   * is called again: it must leave nothing behind outside of its transaction.
   */
  async run<T>(scope: WorkScope, work: (work: Work) => Promise<T>): Promise<T> {
    const { alsoIn = [], ...facts } = scope;
    const tenants = new Set([scope.tenantId, ...alsoIn]);
    let state: unknown;
    const act = async (tx: Tx): Promise<T> => {
      const entries: Placed<JournalEntry>[] = [];
      const record: Work['record'] = (item, tenantId = scope.tenantId) => {
        if (!tenants.has(tenantId)) throw new UnexpectedError('database.gate', 'Wall: a journal row of another tenant');
        entries.push({ item, set: { ...facts, tenantId, steps: [], journal: [] } });
      };
      const done = await work({ tx, record });
      if (entries.length === 0) throw new UnexpectedError('database.no-journal', 'A unit of work recorded nothing');
      state = await this.journal.load(tx, []);
      for (const entry of entries) this.journal.apply(state, entry);
      await this.journal.write(tx, state);
      return done;
    };
    return this.locked(tenants, act, () => this.journal.committed(state));
  }

  /**
   * Upkeep of the machinery itself (cursors, projections, feed rows, expired tokens): no journal, because what it
   * writes is derived from the journal or is not about anybody. `tenants` are those it may touch besides what the named
   * cross-tenant statements allow. Done again as `run` is.
   */
  async upkeep<T>(work: (tx: Tx) => Promise<T>, tenants: ReadonlySet<string> = NO_TENANTS): Promise<T> {
    return this.locked(tenants, work, (tx) => this.journal.upkept?.(tx));
  }

  /** `committed` is called before anybody else may write: the journal hears of commits in their order. */
  private async locked<T>(
    tenants: ReadonlySet<string>,
    work: (tx: Tx) => Promise<T>,
    committed: (tx: Tx) => void,
  ): Promise<T> {
    if (this.inside.getStore()) throw new UnexpectedError('database.nested-work', 'A unit of work inside another one');
    const release = await this.lock.acquire();
    const begun = performance.now();
    try {
      for (let tries = 1; ; tries++) {
        try {
          return await this.attempt(tenants, work, committed);
        } catch (error) {
          const again = tries < TRIES && performance.now() - begun < TRIED_FOR_MS;
          if (!again || !this.database.isTransient(error)) throw error;
        }
      }
    } finally {
      release();
    }
  }

  private async attempt<T>(
    tenants: ReadonlySet<string>,
    work: (tx: Tx) => Promise<T>,
    committed: (tx: Tx) => void,
  ): Promise<T> {
    const open = await this.database.begin(tenantsScope(tenants));
    let result: T;
    try {
      result = await this.inside.run(true, () => within(LONGEST_MS, work(open.tx), tooLong));
      await open.commit();
    } catch (error) {
      await rollbackQuietly(open);
      throw error;
    }
    committed(open.tx);
    return result;
  }
}

/** The first error is the one to tell; a connection that is gone has rolled back by itself. */
async function rollbackQuietly(open: OpenTx): Promise<void> {
  try {
    await open.rollback();
  } catch {
    // told by the error that led here
  }
}

function tooLong(): never {
  throw new OperationalError('database.work-too-long', 'A transaction was open for more than 10 s');
}
