import type { SqlReader, SqlValue } from '@libs/database';
import { CONSENT_FIELDS, type ConsentRecord, type ConsentScope, parseScope } from '@libs/privacy-core';

/** A record as it is appended. */
export interface NewRecord {
  readonly record: ConsentRecord;
  readonly inboxId: string | null;
  readonly proof: Buffer;
}

/** A row of the table; numbers come as text from MariaDB. */
export interface RecordRow {
  readonly id: string;
  readonly subject_id: string;
  readonly scope: string;
  readonly type: ConsentRecord['type'];
  readonly decision: ConsentRecord['decision'];
  readonly version: number | string;
  readonly notice_hash: string;
  readonly notice_version: number | string;
  readonly locale: string;
  readonly screen: string;
  readonly channel: string;
  readonly method: ConsentRecord['method'];
  readonly actor: string;
  readonly nonce: string;
  readonly decided_at: number | string;
  readonly recorded_at: number | string;
  readonly proof: Buffer | Uint8Array | null;
}

/** The tenant stands before them. */
const OWN_FIELDS = CONSENT_FIELDS.filter((name) => name !== 'tenantId');
const OWN_COLUMNS = OWN_FIELDS.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

/** Columns of `privacy_consent_record` in the order of `recordValues`. */
export const RECORD_COLUMNS: readonly string[] = ['tenant_id', ...OWN_COLUMNS, 'purpose', 'inbox_id', 'proof'];

/** What a SELECT of whole records reads. */
export const RECORD_FIELDS = [...OWN_COLUMNS, 'proof'].join(', ');

/** The values of one row. */
export function recordValues({ record, inboxId, proof }: NewRecord): SqlValue[] {
  const own = OWN_FIELDS.map((name) => record[name]);
  return [record.tenantId, ...own, purposeOf(record.scope), inboxId, proof];
}

/** The record that a row holds. */
export function recordOf(tenantId: string, row: RecordRow): ConsentRecord {
  return {
    id: row.id,
    tenantId,
    subjectId: row.subject_id,
    scope: row.scope,
    type: row.type,
    decision: row.decision,
    version: Number(row.version),
    noticeHash: row.notice_hash,
    noticeVersion: Number(row.notice_version),
    locale: row.locale,
    screen: row.screen,
    channel: row.channel,
    method: row.method,
    actor: row.actor,
    decidedAt: Number(row.decided_at),
    recordedAt: Number(row.recorded_at),
    nonce: row.nonce,
  };
}

/** The record with this nonce, if the act was recorded before. */
export async function recordByNonce(
  reader: SqlReader,
  tenantId: string,
  nonce: string,
): Promise<ConsentRecord | undefined> {
  const [row] = await reader.all<RecordRow>(
    `SELECT ${RECORD_FIELDS} FROM privacy_consent_record WHERE tenant_id = ? AND nonce = ?`,
    [tenantId, nonce],
  );
  return row && recordOf(tenantId, row);
}

/** The function a scope belongs to; empty for a recipient's or a publication's. */
function purposeOf(scope: ConsentScope): string {
  const parts = parseScope(scope);
  return parts && 'purpose' in parts ? parts.purpose : '';
}
