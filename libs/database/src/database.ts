import { UnexpectedError } from '@libs/kernel';
import type { GateScope } from './gate/gate.js';
import type { Dialect, SqlReader, Tx } from './sql.js';

/** Ends a transaction; after either call the `tx` must not be used again. */
export interface OpenTx {
  readonly tx: Tx;
  commit(): Promise<void> | void;
  rollback(): Promise<void> | void;
}

/**
 * One database with one way to write. `begin` is called by the committer and by `UnitOfWork` only, which share one
 * lock, so that on SQLite nothing else runs inside an open transaction.
 */
export interface Database {
  readonly dialect: Dialect;
  /** True where this process is the only writer (SQLite under its lock file): caches of what it wrote stay exact. */
  readonly exclusive: boolean;
  readonly reader: SqlReader;
  /** Opens a transaction that may touch the tenants of `scope`. */
  begin(scope?: GateScope): Promise<OpenTx> | OpenTx;
  /** True for a failure that a second try may mend (deadlock, lock wait). */
  isTransient(error: unknown): boolean;
  /** ms since the epoch by the database's own clock. */
  databaseNow(): Promise<number>;
  /** Throws while the database owes an answer to a write; absent where none can be owed. */
  assertAnswers?(): void;
  close(): Promise<void>;
}

/** Injection token of the process's `Database`. */
export const DATABASE = Symbol('Database');

/** Throws for a statement of a transaction that has ended. */
export function assertOpen(ended: boolean): void {
  if (ended) throw new UnexpectedError('database.tx-ended', 'A statement came after the end of its transaction');
}
