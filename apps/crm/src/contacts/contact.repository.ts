import { CONTACT_FIELDS, type ContactField } from '@libs/contracts';
import { chunks, DATABASE, type Database, placeholders, type SqlValue, type Tx, upsert } from '@libs/database';
import { currentTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { eachField } from './contact-fields.js';
import type { Reach } from './contact-reach.js';

/** A row of `crm_contact`; its values are still sealed. */
export interface ContactRow {
  readonly id: string;
  readonly subjectId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly changedBy: string | null;
  readonly version: number;
  readonly sealed: Readonly<Record<ContactField, Buffer | null>>;
}

/** What a contact begins as. */
export type NewContact = Pick<ContactRow, 'id' | 'subjectId' | 'createdAt'>;

/** Whose contacts one asks for. */
export interface ContactScope {
  readonly reach: Reach;
  readonly memberId: string;
}

/** Where the next page begins. */
export type ContactCursor = Pick<ContactRow, 'createdAt' | 'id'>;

/** A value one searches for, as its blind index. */
export interface Match {
  readonly field: 'mobile' | 'email';
  readonly index: string;
}

type RawRow = Readonly<Record<ContactField, Buffer | null>> & {
  readonly id: string;
  readonly subject_id: string;
  readonly created_at: number | string;
  readonly updated_at: number | string;
  readonly changed_by: string | null;
  readonly version: number | string;
};

interface Condition {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

const CONTACT = {
  table: 'crm_contact',
  columns: ['tenant_id', 'id', 'subject_id', 'created_at', 'updated_at', 'version', 'pieces'],
  keys: ['tenant_id', 'subject_id'],
  update: [],
} as const;

const SELECT =
  `SELECT k.id, k.subject_id, k.created_at, k.updated_at, k.changed_by, k.version, ${CONTACT_FIELDS.map((name) => `k.${name}`).join(', ')} ` +
  'FROM crm_contact k WHERE k.tenant_id = ?';

/**
 * The person has a conversation that the member has or takes part in (or that nobody has): the same reach as the list of
 * conversations. A scoped existence test, the one thing a service may ask of another's tables (design 4.1); when the
 * services' databases are parted, it becomes a port.
 */
const BESIDE_CONVERSATION =
  'EXISTS (SELECT c.id FROM chat_conversation c LEFT JOIN chat_participant p ' +
  'ON p.tenant_id = c.tenant_id AND p.conversation_id = c.id AND p.participant = ? ' +
  'WHERE c.tenant_id = ? AND c.subject_id = k.subject_id AND (c.assignee_id = ? OR p.participant IS NOT NULL';

/** Contacts of the tenant of the context, always within a reach. */
@Injectable()
export class ContactRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** A page, newest first; only those with the searched value where one is given. */
  page(scope: ContactScope, take: number, from?: ContactCursor, match?: Match): Promise<ContactRow[]> {
    const conditions: Condition[] = [];
    if (match) conditions.push({ sql: `k.${match.field}_index = ?`, params: [match.index] });
    if (from) {
      // The first part alone says where to begin: in an OR, SQLite begins at the top of the list.
      const sql = 'k.created_at <= ? AND (k.created_at < ? OR k.id < ?)';
      conditions.push({ sql, params: [from.createdAt, from.createdAt, from.id] });
    }
    return this.select(scope, conditions, ' ORDER BY k.created_at DESC, k.id DESC LIMIT ?', [take]);
  }

  /** One contact, by its own id or by its person. */
  async find(
    scope: ContactScope,
    by: { readonly id: string } | { readonly subjectId: string },
  ): Promise<ContactRow | undefined> {
    const condition =
      'id' in by ? { sql: 'k.id = ?', params: [by.id] } : { sql: 'k.subject_id = ?', params: [by.subjectId] };
    const [row] = await this.select(scope, [condition], ' LIMIT 1');
    return row;
  }

  /** Contacts of these persons. */
  async ofSubjects(scope: ContactScope, subjectIds: readonly string[]): Promise<ContactRow[]> {
    const rows: ContactRow[] = [];
    for (const ids of chunks(subjectIds)) {
      const condition = { sql: `k.subject_id IN (${placeholders(ids.length)})`, params: ids };
      rows.push(...(await this.select(scope, [condition], ' ORDER BY k.id')));
    }
    return rows;
  }

  /** Contacts of the tenant whose search pieces are to be made, by their ids. */
  withoutPieces(after: string, take: number): Promise<ContactRow[]> {
    const condition = { sql: 'k.pieces = 0 AND k.id > ?', params: [after] };
    return this.select({ reach: 'all', memberId: '' }, [condition], ' ORDER BY k.id LIMIT ?', [take]);
  }

  /** True when this conversation is with this person and the member has it or takes part in it. */
  async handles(memberId: string, conversationId: string, subjectId: string): Promise<boolean> {
    const rows = await this.database.reader.all(
      'SELECT c.id FROM chat_conversation c LEFT JOIN chat_participant p ' +
        'ON p.tenant_id = c.tenant_id AND p.conversation_id = c.id AND p.participant = ? ' +
        'WHERE c.tenant_id = ? AND c.id = ? AND c.subject_id = ? ' +
        'AND (c.assignee_id = ? OR p.participant IS NOT NULL) LIMIT 1',
      [memberId, currentTenant().tenantId, conversationId, subjectId, memberId],
    );
    return rows.length > 0;
  }

  /** Erases the contact of a person, and what it is found by. */
  async erase(tx: Tx, tenantId: string, subjectId: string): Promise<void> {
    await tx.run('DELETE FROM crm_contact_piece WHERE tenant_id = ? AND subject_id = ?', [tenantId, subjectId]);
    await tx.run('DELETE FROM crm_contact WHERE tenant_id = ? AND subject_id = ?', [tenantId, subjectId]);
  }

  private async select(
    scope: ContactScope,
    conditions: readonly Condition[],
    tail: string,
    tailParams: readonly SqlValue[] = [],
  ): Promise<ContactRow[]> {
    const { tenantId } = currentTenant();
    const all = [...conditions, within(scope, tenantId)];
    const rows = await this.database.reader.all<RawRow>(
      `${SELECT} AND ${all.map(({ sql }) => sql).join(' AND ')}${tail}`,
      [tenantId, ...all.flatMap(({ params }) => params), ...tailParams],
    );
    return rows.map(contactOf);
  }
}

function within({ reach, memberId }: ContactScope, tenantId: string): Condition {
  switch (reach) {
    case 'all':
      return { sql: '1 = 1', params: [] };
    case 'none':
      return { sql: '1 = 0', params: [] };
    case 'handled':
      return { sql: `${BESIDE_CONVERSATION}))`, params: [memberId, tenantId, memberId] };
    case 'near':
      return { sql: `${BESIDE_CONVERSATION} OR c.assignee_id IS NULL))`, params: [memberId, tenantId, memberId] };
  }
}

function contactOf(row: RawRow): ContactRow {
  return {
    id: row.id,
    subjectId: row.subject_id,
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    changedBy: row.changed_by,
    version: Number(row.version),
    sealed: eachField((name) => row[name]),
  };
}

/** Those of `subjectIds` whose data may still be processed, kept so until the commit. */
export async function liveSubjects(tx: Tx, tenantId: string, subjectIds: readonly string[]): Promise<Set<string>> {
  const lock = tx.dialect === 'mariadb' ? ' LOCK IN SHARE MODE' : '';
  const live = new Set<string>();
  for (const ids of chunks([...subjectIds].sort())) {
    const rows = await tx.all<{ id: string }>(
      `SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id IN (${placeholders(ids.length)}) ` +
        `AND state = 'live' ORDER BY id${lock}`,
      [tenantId, ...ids],
    );
    for (const { id } of rows) live.add(id);
  }
  return live;
}

/** Adds a contact unless the person has one. It has no values yet, so all their pieces are made. */
export async function addContact(tx: Tx, tenantId: string, { id, subjectId, createdAt }: NewContact): Promise<void> {
  await upsert(tx, CONTACT, [tenantId, id, subjectId, createdAt, createdAt, 1, 1]);
}
