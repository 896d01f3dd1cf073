/** A row of the ledger of destructions: ids and times only. */
export interface LedgerEntry {
  readonly tenantId: string;
  readonly subjectId: string;
  /** `ordered` is written before anything is destroyed, `done` after the last row is gone. */
  readonly step: 'ordered' | 'done';
  readonly at: number;
}

/**
 * What must be erased again whatever is restored. Append-only, outside of every backup set. `append` is durable when it
 * returns, and appending the same step of the same subject again changes nothing.
 */
export interface DestructionLedger {
  append(entry: LedgerEntry): Promise<void>;
  /** Oldest first where the store has an order; every entry once. */
  entries(): AsyncIterable<LedgerEntry>;
}

/** The fence in the main database: from then on no write set of that subject is accepted. */
export interface SubjectFence {
  /** Sets `data_subject.state` and writes the invalidation, in one unit of work. Idempotent. */
  close(tenantId: string, subjectId: string): Promise<void>;
}

/** The rows about a person that one owner has. */
export interface SubjectRows {
  /** Erases what the declarations say. Idempotent; called again after a crash. */
  erase(tenantId: string, subjectId: string): Promise<void>;
}

/** The rows about a person, in whatever stores and processes they lie. */
export interface AllSubjectRows {
  /** Erases what this process can; true when nothing is left for another one. Idempotent; called again after a crash. */
  erase(tenantId: string, subjectId: string): Promise<boolean>;
}

/** Which subjects have a row in the main database. */
export interface SubjectExistence {
  existing(tenantId: string, subjectIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Called after each durable step; tests stop the process there. */
export type StepListener = (step: string) => void;
