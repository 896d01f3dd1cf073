import { forUpdate, type Placed, type SqlValue, StepKind, type Tx } from '@libs/database';
import type { AppError } from '@libs/kernel';
import { emailTaken, mobileTaken } from '../auth.errors.js';

/** A login that is made with its write set. */
export interface NewLogin {
  readonly id: string;
  readonly subjectId: string;
  readonly emailSealed: Buffer;
  readonly emailIndex: string;
  /** Set where the login is made from a letter to the address. */
  readonly emailVerifiedAt: number | null;
  /** Null only for logins of seeds and tests that need none. */
  readonly mobileSealed: Buffer | null;
  readonly mobileIndex: string | null;
  readonly mobileVerifiedAt: number | null;
  readonly secretHash: string;
  readonly createdAt: number;
}

interface Batch {
  /** Indexes that a login has. */
  readonly emails: Set<string>;
  readonly mobiles: Set<string>;
  readonly rows: SqlValue[][];
}

const COLUMNS = [
  ...['tenant_id', 'id', 'subject_id', 'email_sealed', 'email_index', 'email_verified_at'],
  ...['mobile_sealed', 'mobile_index', 'mobile_verified_at', 'secret_hash', 'state', 'created_at'],
];

/** Step `login`: a login whose mail and number nobody has; who comes second is refused before anything is written. */
class LoginBirthStep extends StepKind<NewLogin, Batch> {
  readonly name = 'login';
  readonly order = 12;

  async load(tx: Tx, items: readonly Placed<NewLogin>[]): Promise<Batch> {
    const batch: Batch = { emails: new Set(), mobiles: new Set(), rows: [] };
    // All are of the platform's tenant; one at a time keeps the locks in one order.
    for (const { item, set } of items) {
      await this.look(tx, set.tenantId, 'email_index', item.emailIndex, batch.emails);
      if (item.mobileIndex) await this.look(tx, set.tenantId, 'mobile_index', item.mobileIndex, batch.mobiles);
    }
    return batch;
  }

  decide({ emails, mobiles }: Batch, { item }: Placed<NewLogin>): AppError | undefined {
    if (emails.has(item.emailIndex)) return emailTaken();
    return item.mobileIndex !== null && mobiles.has(item.mobileIndex) ? mobileTaken() : undefined;
  }

  apply({ emails, mobiles, rows }: Batch, { item, set }: Placed<NewLogin>): void {
    emails.add(item.emailIndex);
    if (item.mobileIndex !== null) mobiles.add(item.mobileIndex);
    rows.push([
      ...[set.tenantId, item.id, item.subjectId, item.emailSealed, item.emailIndex, item.emailVerifiedAt],
      ...[item.mobileSealed, item.mobileIndex, item.mobileVerifiedAt, item.secretHash, 'active', item.createdAt],
    ]);
  }

  write(tx: Tx, { rows }: Batch): void | Promise<void> {
    return tx.insert('auth_login', COLUMNS, rows);
  }

  private async look(
    tx: Tx,
    tenantId: string,
    column: 'email_index' | 'mobile_index',
    value: string,
    found: Set<string>,
  ): Promise<void> {
    const rows = await tx.all(`SELECT id FROM auth_login WHERE tenant_id = ? AND ${column} = ?${forUpdate(tx)}`, [
      tenantId,
      value,
    ]);
    if (rows.length > 0) found.add(value);
  }
}

/** Makes a login with its write set. */
export const loginBirth = new LoginBirthStep();
