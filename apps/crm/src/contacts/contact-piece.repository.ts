import { chunks, DATABASE, type Database, placeholders, type SqlValue, type Tx } from '@libs/database';
import { currentTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import type { ContactCursor } from './contact.repository.js';
import type { PiecedField } from './search-pieces.js';

/** Entries of one token that a statement looks at, so that a common surname never holds up the process. */
export const CANDIDATES = 200;
/** Of a token whose entries end within a page: rare enough to begin with. */
const WITHIN_A_PAGE = Number.NEGATIVE_INFINITY;

/** What a field of a contact is found by. */
export interface FieldTokens {
  readonly field: PiecedField;
  readonly tokens: readonly string[];
}

/** Whose pieces they are. */
export interface PieceOwner {
  readonly tenantId: string;
  readonly id: string;
  readonly subjectId: string;
  readonly createdAt: number;
}

/** Some of those who have one token, newest first. */
export interface PiecePage {
  /** Who has all the other tokens as well. */
  readonly subjectIds: readonly string[];
  /** Where to go on; undefined at the end. */
  readonly next: ContactCursor | undefined;
}

/** Reads search pieces of the tenant of the context. What they say is who may be meant, no more. */
@Injectable()
export class ContactPieceRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Of each of these people, the fields that have pieces. */
  async fieldsOf(subjectIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const fields = new Map<string, Set<string>>();
    for (const ids of chunks(subjectIds)) {
      const rows = await this.database.reader.all<{ subject_id: string; field: string }>(
        'SELECT DISTINCT p.subject_id, p.field FROM crm_contact_piece p ' +
          `WHERE p.tenant_id = ? AND p.subject_id IN (${placeholders(ids.length)})`,
        [currentTenant().tenantId, ...ids],
      );
      for (const { subject_id: id, field } of rows) fields.set(id, (fields.get(id) ?? new Set()).add(field));
    }
    return fields;
  }

  /**
   * The tokens, the rarest first, by a look of bounded length at each: the further back a page of its entries reaches,
   * the fewer people have it.
   */
  async rarestFirst({ field, tokens }: FieldTokens): Promise<FieldTokens> {
    let rarest: { readonly token: string; readonly since: number } | undefined;
    for (const token of tokens.length < 2 ? [] : tokens) {
      const since = await this.pageEnd(field, token);
      if (rarest === undefined || since < rarest.since) rarest = { token, since };
      if (since === WITHIN_A_PAGE) break;
    }
    if (!rarest) return { field, tokens };
    const { token: first } = rarest;
    return { field, tokens: [first, ...tokens.filter((token) => token !== first)] };
  }

  /** Goes along the first token and asks of each entry how many of the others its person has. */
  async page({ field, tokens }: FieldTokens, from?: ContactCursor): Promise<PiecePage> {
    const { tenantId } = currentTenant();
    const [first, ...others] = tokens;
    const counts = others.length === 0 ? none() : countOf(tenantId, field, others);
    const place = from ? after(from) : none();
    const rows = await this.database.reader.all<RawEntry>(
      `SELECT p.subject_id, p.contact_id, p.created_at${counts.sql} FROM crm_contact_piece p ` +
        `WHERE p.tenant_id = ? AND p.field = ? AND p.token = ?${place.sql} ` +
        `ORDER BY p.created_at DESC, p.contact_id DESC LIMIT ${CANDIDATES}`,
      [...counts.params, tenantId, field, first!, ...place.params],
    );
    const hits = rows.filter((row) => others.length === 0 || Number(row.others) === others.length);
    const last = rows.length < CANDIDATES ? undefined : rows.at(-1);
    return {
      subjectIds: hits.map(({ subject_id }) => subject_id),
      next: last && { createdAt: Number(last.created_at), id: last.contact_id },
    };
  }

  /** Time of the last entry of a token's first page. */
  private async pageEnd(field: PiecedField, token: string): Promise<number> {
    const [row] = await this.database.reader.all<{ created_at: number | string }>(
      'SELECT p.created_at FROM crm_contact_piece p WHERE p.tenant_id = ? AND p.field = ? AND p.token = ? ' +
        `ORDER BY p.created_at DESC, p.contact_id DESC LIMIT 1 OFFSET ${CANDIDATES - 1}`,
      [currentTenant().tenantId, field, token],
    );
    return row ? Number(row.created_at) : WITHIN_A_PAGE;
  }
}

interface RawEntry {
  readonly subject_id: string;
  readonly contact_id: string;
  readonly created_at: number | string;
  readonly others?: number | string;
}

interface Part {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

function none(): Part {
  return { sql: '', params: [] };
}

function countOf(tenantId: string, field: PiecedField, tokens: readonly string[]): Part {
  const sql =
    ', (SELECT COUNT(*) FROM crm_contact_piece o WHERE o.tenant_id = ? AND o.subject_id = p.subject_id ' +
    `AND o.field = ? AND o.token IN (${placeholders(tokens.length)})) AS others`;
  return { sql, params: [tenantId, field, ...tokens] };
}

/** The first part alone says where to begin: in an OR, SQLite begins at the top of the list. */
function after({ createdAt, id }: ContactCursor): Part {
  const sql = ' AND p.created_at <= ? AND (p.created_at < ? OR p.contact_id < ?)';
  return { sql, params: [createdAt, createdAt, id] };
}

/** Puts these pieces in the place of those that the fields had. */
export async function replacePieces(
  tx: Tx,
  { tenantId, id, subjectId, createdAt }: PieceOwner,
  pieces: readonly FieldTokens[],
): Promise<void> {
  for (const { field, tokens } of pieces) {
    await tx.run('DELETE FROM crm_contact_piece WHERE tenant_id = ? AND subject_id = ? AND field = ?', [
      ...[tenantId, subjectId, field],
    ]);
    if (tokens.length === 0) continue;
    await tx.insert(
      'crm_contact_piece',
      ['tenant_id', 'subject_id', 'field', 'token', 'contact_id', 'created_at'],
      tokens.map((token) => [tenantId, subjectId, field, token, id, createdAt]),
    );
  }
}
