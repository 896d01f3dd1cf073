import { type JournalEntry, type Placed, type SqlValue, StepKind, type Tx } from '@libs/database';
import type { AppError, Clock } from '@libs/kernel';
import { hasAnnounced } from '../feed/invalidation-feed.js';
import type { JournalTail, TailRow } from './journal-tail.js';

const COLUMNS = [
  'tenant_id',
  'kind',
  'actor',
  'subject_id',
  'purpose',
  'resource',
  'fields',
  'detail',
  'commitment',
  'correlation',
  'at',
] as const;
/** Where the process gives the ids (see JournalTail). */
const WITH_ID = [...COLUMNS, 'id'];
/** Where the sequencer gives places later. */
const WITHOUT_PLACE = [...COLUMNS, 'position'];

interface Rows {
  readonly at: number;
  readonly rows: SqlValue[][];
  /** The same transaction announced that something must be forgotten. */
  announced: boolean;
}

/** What a commit brought: rows of the journal, and perhaps of the invalidation feed. */
export interface JournalNews {
  readonly announced: boolean;
}

/** Writes the journal rows of a batch in the transaction of their changes. Tells `onRows` after the commit. */
export class JournalStep extends StepKind<JournalEntry, Rows> {
  readonly name = 'journal';
  readonly order = 90;

  constructor(
    private readonly clock: Clock,
    private readonly onRows: (news: JournalNews) => void = () => undefined,
    private readonly tail?: JournalTail,
  ) {
    super();
  }

  load(tx: Tx): Rows | Promise<Rows> {
    const rows = { at: this.clock.now(), rows: [], announced: false };
    return !this.tail || this.tail.hasBegun ? rows : this.tail.begin(tx).then(() => rows);
  }

  decide(): AppError | undefined {
    return undefined;
  }

  apply(state: Rows, { item, set }: Placed<JournalEntry>): void {
    const { actor } = set;
    state.rows.push([
      set.tenantId,
      item.kind,
      actor.kind === 'visitor' ? 'visitor' : `${actor.kind}:${actor.id}`,
      item.subjectId,
      set.purpose,
      item.resource,
      item.fields,
      item.detail ? JSON.stringify(item.detail()) : null,
      item.commitment,
      set.correlationId,
      state.at,
      // Written with the others: an array that grows is copied into a larger one, for each message.
      this.tail ? this.tail.take(1) : null,
    ]);
  }

  write(tx: Tx, state: Rows): void | Promise<void> {
    state.announced = hasAnnounced(tx);
    return tx.insert('event_journal', this.tail ? WITH_ID : WITHOUT_PLACE, state.rows);
  }

  /** Upkeep leaves no row, but what it announced others are told as well. */
  upkept(tx: Tx): void {
    if (hasAnnounced(tx)) this.onRows({ announced: true });
  }

  override committed({ rows, announced }: Rows): void {
    if (rows.length === 0) return;
    this.tail?.append(rows.map(tailRow));
    this.onRows({ announced });
  }
}

function tailRow([tenantId, kind, , subjectId, , resource, , detail, , , at, id]: SqlValue[]): TailRow {
  return { id, tenantId, kind, subjectId, resource, detail, at } as TailRow;
}
