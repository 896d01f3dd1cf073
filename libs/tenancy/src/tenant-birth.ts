import { type Placed, type SqlValue, StepKind, type Tx } from '@libs/database';
import { type AppError, randomTokenBytes } from '@libs/kernel';

/** A tenant that is made with its write set; the id is the set's own tenant. */
export interface NewTenant {
  readonly slug: string;
  readonly name: string;
  readonly kind: string;
  readonly createdAt: number;
}

const COLUMNS = ['id', 'slug', 'name', 'kind', 'state', 'created_at'] as const;
/** Longest part of a slug that is taken from the name. */
const MOST_OF_NAME = 24;

/** Step `tenant`: the row that all others of a new tenant refer to, so it comes before people. */
class TenantBirthStep extends StepKind<NewTenant, SqlValue[][]> {
  readonly name = 'tenant';
  readonly order = 5;

  load(): SqlValue[][] {
    return [];
  }

  decide(): AppError | undefined {
    return undefined;
  }

  apply(rows: SqlValue[][], { item, set }: Placed<NewTenant>): void {
    rows.push([set.tenantId, item.slug, item.name, item.kind, 'active', item.createdAt]);
  }

  write(tx: Tx, rows: SqlValue[][]): void | Promise<void> {
    return tx.insert('tenant_tenant', COLUMNS, rows);
  }
}

/** Makes the row of a new tenant. It has the product's settings and register from the start: neither needs rows. */
export const tenantBirth = new TenantBirthStep();

/** Address part for a name: what of it is Latin, and a random end, so that no two meet and none can be guessed. */
export function slugFor(name: string): string {
  const latin = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MOST_OF_NAME)
    .replace(/^-+|-+$/g, '');
  return `${latin === '' ? 'workspace' : latin}-${randomTokenBytes(5).toString('hex')}`;
}
