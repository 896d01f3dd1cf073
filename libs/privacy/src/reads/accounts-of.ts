import { type Database, placeholders, type SqlValue } from '@libs/database';
import { AppError } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
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
  readonly note_sealed: Buffer | null;
}

const PAGE = 50;
/** People who are linked in a chain; more would be a defect of what made the links. */
const MOST_LINKED = 200;

/** Reads of a person and of everybody linked with them. Erased persons have no accounts left. */
export async function accountsOf(
  parts: Parts,
  tenantId: string,
  subjectId: string,
  cursor?: string,
): Promise<AccountedPage> {
  const people = [...(await linkedWith(parts.database, tenantId, subjectId))];
  const rows = await inTenant(tenantId, () =>
    parts.database.reader.all<Row>(
      'SELECT DISTINCT e.id, e.at, e.member_id, e.role, e.purpose, e.fields, e.place, e.reason, e.note_sealed ' +
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
  const { id, role, purpose, reason } = row;
  const place = { tenantId, table: 'privacy_read_entry', column: 'note_sealed', row: id };
  const note = row.note_sealed ? await text.open(place, row.note_sealed).catch(unlessGone) : null;
  return {
    ...{ id, role, purpose, at: Number(row.at), memberId: row.member_id, range: row.place },
    ...{ fields: row.fields === '' ? [] : row.fields.split(','), reason: note ?? reason },
  };
}

/** A text whose key was destroyed is gone; the rest of the account stays. */
function unlessGone(error: unknown): null {
  if (error instanceof AppError && error.status === 410) return null;
  throw error;
}

/** A person with everybody whom links say to be the same person, however long the chain. */
export async function linkedWith(
  database: Pick<Database, 'reader'>,
  tenantId: string,
  subjectId: string,
): Promise<ReadonlySet<string>> {
  const found = new Set([subjectId]);
  for (let fresh: string[] = [subjectId]; fresh.length > 0 && found.size < MOST_LINKED; ) {
    const marks = placeholders(fresh.length);
    const params: SqlValue[] = [tenantId, ...fresh, ...fresh];
    const rows = await inTenant(tenantId, () =>
      database.reader.all<{ subject_id: string; other_id: string }>(
        'SELECT subject_id, other_id FROM privacy_subject_link WHERE tenant_id = ? AND undone_at IS NULL ' +
          `AND (subject_id IN (${marks}) OR other_id IN (${marks}))`,
        params,
      ),
    );
    fresh = [...new Set(rows.flatMap((row) => [row.subject_id, row.other_id]))].filter((id) => !found.has(id));
    for (const id of fresh) found.add(id);
  }
  return found;
}

/** Runs a read in the context of the tenant that it concerns. */
export function inTenant<T>(tenantId: string, work: () => T): T {
  return runInTenant({ tenantId, actor: { kind: 'system', id: 'privacy-desk' }, correlationId: 'privacy-desk' }, work);
}
