import type { AppError } from '@libs/kernel';
import type { Eventually, SqlValue, Tx } from './sql.js';

/** Who acts. `system` is the product itself (sweeper, projection). */
export interface Actor {
  readonly kind: 'visitor' | 'member' | 'system';
  /** Subject id of a visitor, member id of a member, name of a job. */
  readonly id: string;
}

/** One change as the journal keeps it: audit entry and domain event at once (design 1.5). Ids and names only. */
export interface JournalEntry {
  /** `<service>.<noun>-<past-verb>.v<n>`. */
  readonly kind: string;
  readonly subjectId: string | null;
  /** `<kind>:<id>` of what was changed, e.g. `conversation:0190…`. */
  readonly resource: string;
  /** Names of the fields that were written. */
  readonly fields: string;
  /** Numbers and ids that consumers need; a closed shape per kind. Made at commit, when the numbers are known. */
  detail?(): Readonly<Record<string, string | number | null>>;
  /** Salted commitment to the sealed payload (never to plain text: short values could be guessed). */
  readonly commitment: Buffer | null;
}

/**
 * What one act wants to write, complete before a transaction opens: it carries its own tenant, actor, purpose and
 * correlation. Handed to `Committer.submit`.
 */
export interface WriteSet {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly purpose: string;
  readonly correlationId: string;
  readonly steps: readonly Step[];
  readonly journal: readonly JournalEntry[];
  /** Sets of other tenants that are one act with this one: all are written or none (signing up). They nest no further. */
  readonly along?: readonly Omit<WriteSet, 'along'>[];
}

/** A set and those that go along with it. */
export function wholeSet(set: WriteSet): readonly WriteSet[] {
  return set.along ? [set, ...set.along] : [set];
}

/** One part of a write set; made by `StepKind.step`. */
export interface Step {
  readonly kind: StepKind<unknown, unknown>;
  readonly item: unknown;
}

/** One step with the set it belongs to, as its kind sees it. */
export interface Placed<I> {
  readonly item: I;
  readonly set: WriteSet;
}

/**
 * A kind of step: how all its items of one batch are read, decided and written together. `decide` must have no effect:
 * a set is refused before it has written anything. `apply` records the effect in `state` so that later sets of the
 * same batch see it. `write` sends the applied items in bulk.
 */
export abstract class StepKind<I, S> {
  abstract readonly name: string;
  /** Kinds lock in this order (no deadlocks on MariaDB): subjects 10, consents 15, conversations 20, plain rows 50. */
  abstract readonly order: number;
  abstract load(tx: Tx, items: readonly Placed<I>[]): Eventually<S>;
  abstract decide(state: S, placed: Placed<I>): AppError | undefined;
  abstract apply(state: S, placed: Placed<I>): void;
  abstract write(tx: Tx, state: S): Eventually<void>;

  /** After the commit: update caches, emit. Must not throw. */
  committed(_state: S): void {}
  /** The batch was rolled back: forget what `apply` left in caches. */
  aborted(_state: S): void {}

  step(item: I): Step {
    return { kind: this as unknown as StepKind<unknown, unknown>, item };
  }
}

/** A plain row to append. `tenant_id` is set by the committer from the write set, never by the caller. */
export interface RowInsert {
  readonly table: string;
  /** Without `tenant_id`. */
  readonly columns: readonly string[];
  readonly values: readonly SqlValue[];
}
