import { type Database, placeholders } from '@libs/database';
import { AppError } from '@libs/kernel';
import { withLinked } from '../consent/people.js';
import { inTenant } from '../in-tenant.js';
import type { TenantText } from './tenant-text.js';

/** One request that showed a person's data. */
export interface AccountedRead {
  readonly id: string;
  readonly at: number;
  /** Id of the member, or name of a job. */
  readonly memberId: string;
  readonly role: string;
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly range: string;
  /** What the member said; the word of the closed list where they said no more. */
  readonly reason: string | null;
  /** Ground of a use without consent, with what the register said about it (P-0111). */
  readonly basis: string | null;
  readonly basisNote: string | null;
}

/** A page of accounts, newest first. */
export interface AccountedPage {
  readonly items: readonly AccountedRead[];
  readonly next: string | null;
}

interface Parts {
  readonly database: Pick<Database, 'reader'>;
  readonly text: TenantText;
}

interface Row {
  readonly id: string;
  readonly at: number | string;
  readonly member_id: string;
  readonly role: string;
  readonly purpose: string;
  readonly fields: string;
  readonly place: string;
  readonly reason: string | null;
  readonly basis: string | null;
  readonly basis_note: string | null;
  readonly note_sealed: Buffer | null;
}

const PAGE = 50;

/** Reads of a person and of everybody linked with them. Erased persons have no accounts left. */
export async function accountsOf(
  parts: Parts,
  tenantId: string,
  subjectId: string,
  cursor?: string,
): Promise<AccountedPage> {
  const { reader } = parts.database;
  const people = await inTenant(tenantId, () => withLinked(reader, tenantId, [subjectId]));
  const rows = await inTenant(tenantId, () =>
    reader.all<Row>(
      'SELECT DISTINCT e.id, e.at, e.member_id, e.role, e.purpose, e.fields, e.place, e.reason, e.note_sealed, ' +
        'e.basis, e.basis_note ' +
        'FROM privacy_read_subject s JOIN privacy_read_entry e ON e.tenant_id = s.tenant_id AND e.id = s.entry_id ' +
        `WHERE s.tenant_id = ? AND s.subject_id IN (${placeholders(people.length)}) ` +
        `${cursor === undefined ? '' : 'AND s.entry_id < ? '}ORDER BY e.id DESC LIMIT ${PAGE + 1}`,
      [tenantId, ...people, ...(cursor === undefined ? [] : [cursor])],
    ),
  );
  const items: AccountedRead[] = [];
  for (const row of rows.slice(0, PAGE)) items.push(await read(parts, tenantId, row));
  return { items, next: rows.length > PAGE ? items[items.length - 1]!.id : null };
}

async function read({ text }: Parts, tenantId: string, row: Row): Promise<AccountedRead> {
  const { id, role, purpose, reason, basis } = row;
  const place = { tenantId, table: 'privacy_read_entry', column: 'note_sealed', row: id };
  const note = row.note_sealed ? await text.open(place, row.note_sealed).catch(unlessGone) : null;
  return {
    ...{ id, role, purpose, at: Number(row.at), memberId: row.member_id, range: row.place },
    ...{ fields: row.fields === '' ? [] : row.fields.split(','), reason: note ?? reason },
    ...{ basis, basisNote: row.basis_note },
  };
}

/** A text whose key was destroyed is gone; the rest of the account stays. */
function unlessGone(error: unknown): null {
  if (error instanceof AppError && error.status === 410) return null;
  throw error;
}
