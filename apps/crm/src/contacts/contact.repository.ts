import { chunks, DATABASE, type Database, placeholders, type Tx, upsert } from '@libs/database';
import { currentTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';

/** A row of `crm_contact`. */
export interface ContactRow {
  readonly id: string;
  readonly subjectId: string;
  readonly createdAt: number;
}

/** One decision about one purpose. */
export interface ConsentDecision {
  readonly purpose: string;
  readonly decision: 'agree' | 'withdraw';
  readonly version: number;
  readonly at: number;
}

const CONTACT = {
  table: 'crm_contact',
  columns: ['tenant_id', 'id', 'subject_id', 'created_at', 'updated_at', 'version'],
  keys: ['tenant_id', 'subject_id'],
  update: [],
} as const;

/** Contacts of the tenant of the context. */
@Injectable()
export class ContactRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async find(subjectId: string): Promise<ContactRow | undefined> {
    const [row] = await this.database.reader.all<{ id: string; subject_id: string; created_at: number | string }>(
      'SELECT id, subject_id, created_at FROM crm_contact WHERE tenant_id = ? AND subject_id = ?',
      [currentTenant().tenantId, subjectId],
    );
    return row && { id: row.id, subjectId: row.subject_id, createdAt: Number(row.created_at) };
  }

  /** Decisions of a person, oldest first. */
  async decisions(subjectId: string): Promise<ConsentDecision[]> {
    const rows = await this.database.reader.all<{
      purpose: string;
      decision: ConsentDecision['decision'];
      notice_version: number | string;
      decided_at: number | string;
    }>(
      'SELECT purpose, decision, notice_version, decided_at FROM privacy_consent_record ' +
        'WHERE tenant_id = ? AND subject_id = ? ORDER BY decided_at, id',
      [currentTenant().tenantId, subjectId],
    );
    return rows.map(({ purpose, decision, notice_version, decided_at }) => ({
      ...{ purpose, decision },
      ...{ version: Number(notice_version), at: Number(decided_at) },
    }));
  }

  /** Erases the contact of a person. */
  async erase(tx: Tx, tenantId: string, subjectId: string): Promise<void> {
    await tx.run('DELETE FROM crm_contact WHERE tenant_id = ? AND subject_id = ?', [tenantId, subjectId]);
  }

  /**
   * True when a conversation of this person is the member's own, one it takes part in, or one that nobody has: the same
   * reach as the list of conversations. A scoped existence test, the one thing a service may ask of another's tables
   * (design 4.1); when the services' databases are parted, it becomes a port.
   */
  async isReachable(subjectId: string, memberId: string): Promise<boolean> {
    const rows = await this.database.reader.all(
      'SELECT c.id FROM chat_conversation c LEFT JOIN chat_participant p ' +
        'ON p.tenant_id = c.tenant_id AND p.conversation_id = c.id AND p.participant = ? ' +
        'WHERE c.tenant_id = ? AND c.subject_id = ? ' +
        'AND (c.assignee_id = ? OR c.assignee_id IS NULL OR p.participant IS NOT NULL) LIMIT 1',
      [memberId, currentTenant().tenantId, subjectId, memberId],
    );
    return rows.length > 0;
  }
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

/** Adds a contact unless the person has one. */
export async function addContact(tx: Tx, tenantId: string, { id, subjectId, createdAt }: ContactRow): Promise<void> {
  await upsert(tx, CONTACT, [tenantId, id, subjectId, createdAt, createdAt, 1]);
}
