import type { AppError } from '@libs/kernel';
import type { SqlValue, Tx } from '../sql.js';
import { type Placed, type RowInsert, StepKind } from '../write-set.js';

interface Bucket {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: SqlValue[][];
}

/** Appends plain rows, grouped by table. The tenant comes from the set. */
class InsertStep extends StepKind<RowInsert, Map<string, Bucket>> {
  readonly name = 'insert';
  readonly order = 50;

  load(): Map<string, Bucket> {
    return new Map();
  }

  decide(): AppError | undefined {
    return undefined;
  }

  apply(state: Map<string, Bucket>, { item, set }: Placed<RowInsert>): void {
    const key = `${item.table}(${item.columns.join()})`;
    let bucket = state.get(key);
    if (!bucket) {
      bucket = { table: item.table, columns: ['tenant_id', ...item.columns], rows: [] };
      state.set(key, bucket);
    }
    bucket.rows.push([set.tenantId, ...item.values]);
  }

  async write(tx: Tx, state: Map<string, Bucket>): Promise<void> {
    for (const { table, columns, rows } of state.values()) await tx.insert(table, columns, rows);
  }
}

/** Step `insert`: one plain row of a tenant table. */
export const insertRow = new InsertStep();
