import { chunks, forUpdate, placeholders, type SqlReader, type SqlValue, type Tx } from '@libs/database';
import type { FieldCode, Loosening, Register } from '@libs/privacy-core';

/** What may be asked for. */
export type ApprovalKind = 'bulk-reveal' | 'loosen-fields';
/** How far it has come. `expired` is not stored: it follows from the time. */
export type ApprovalState = 'pending' | 'approved' | 'refused' | 'cancelled' | 'expired' | 'used';

/** A register over the version that it would change, so that it can be applied from anywhere. */
export interface Proposal {
  readonly baseVersion: number;
  readonly register: Register;
}

/** An approval as it lies in the table. */
export interface StoredApproval {
  readonly id: string;
  readonly kind: ApprovalKind;
  readonly state: Exclude<ApprovalState, 'expired'>;
  readonly fields: readonly FieldCode[];
  readonly people: number;
  readonly contentHash: string;
  /** What a looser register shows more of; empty for a bulk reveal. */
  readonly changes: readonly Loosening[];
  /** The register that would be in force then; null for a bulk reveal. */
  readonly proposal: Proposal | null;
  readonly reasonSealed: Buffer | null;
  readonly requestedBy: string;
  readonly requestedAt: number;
  readonly expiresAt: number;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly usedAt: number | null;
}

const COLUMNS = [
  ...['id', 'kind', 'state', 'fields', 'people', 'content_hash', 'changes', 'reason_sealed'],
  ...['requested_by', 'requested_at', 'expires_at', 'decided_by', 'decided_at', 'used_at'],
  ...['base_version', 'proposal'],
];
const SELECT = `SELECT ${COLUMNS.join(', ')} FROM privacy_approval`;

type Row = Readonly<Record<string, SqlValue>>;

/** One approval; inside a transaction nobody else decides about it until the commit. */
export async function findApproval(
  reader: SqlReader | Tx,
  tenantId: string,
  id: string,
  lock = false,
): Promise<StoredApproval | undefined> {
  const tail = lock ? forUpdate(reader as Tx) : '';
  const [row] = await reader.all<Row>(`${SELECT} WHERE tenant_id = ? AND id = ?${tail}`, [tenantId, id]);
  return row && approvalOf(row);
}

/** The newest approvals, of everybody or of one member. */
export async function newestApprovals(
  reader: SqlReader,
  tenantId: string,
  { requestedBy, most }: { readonly requestedBy?: string; readonly most: number },
): Promise<StoredApproval[]> {
  const mine = requestedBy === undefined ? '' : 'AND requested_by = ? ';
  const rows = await reader.all<Row>(`${SELECT} WHERE tenant_id = ? ${mine}ORDER BY id DESC LIMIT ${most}`, [
    tenantId,
    ...(requestedBy === undefined ? [] : [requestedBy]),
  ]);
  return rows.map(approvalOf);
}

/** Writes an approval with the people it concerns, in the transaction of `tx`. */
export async function insertApproval(
  tx: Tx,
  tenantId: string,
  made: StoredApproval,
  subjectIds: readonly string[],
): Promise<void> {
  const { id, kind, state, fields, people, contentHash, changes, proposal, reasonSealed, requestedBy } = made;
  await tx.insert(
    'privacy_approval',
    ['tenant_id', ...COLUMNS],
    [
      [
        ...[tenantId, id, kind, state, fields.join(','), people, contentHash, JSON.stringify(changes), reasonSealed],
        ...[requestedBy, made.requestedAt, made.expiresAt, null, null, null],
        ...[proposal?.baseVersion ?? null, proposal && JSON.stringify(proposal.register)],
      ],
    ],
  );
  const rows = [...subjectIds].sort().map((subjectId) => [tenantId, subjectId, id]);
  await tx.insert('privacy_approval_subject', ['tenant_id', 'subject_id', 'approval_id'], rows);
}

/** People whom an approval concerns and who have not been erased since. */
export async function subjectsOf(reader: SqlReader, tenantId: string, id: string): Promise<string[]> {
  const rows = await reader.all<{ subject_id: string }>(
    'SELECT subject_id FROM privacy_approval_subject WHERE tenant_id = ? AND approval_id = ? ORDER BY subject_id',
    [tenantId, id],
  );
  return rows.map(({ subject_id }) => subject_id);
}

/** The people of each of these approvals. */
export async function peopleOf(
  reader: SqlReader,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const people = new Map<string, string[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return people;
  const rows = await reader.all<{ approval_id: string; subject_id: string }>(
    'SELECT approval_id, subject_id FROM privacy_approval_subject ' +
      `WHERE tenant_id = ? AND approval_id IN (${placeholders(ids.length)})`,
    [tenantId, ...ids],
  );
  for (const { approval_id: id, subject_id: subjectId } of rows) people.get(id)!.push(subjectId);
  return people;
}

/** How many of `subjectIds` are persons of the tenant whose data is processed; kept so until the commit. */
export async function countLive(tx: Tx, tenantId: string, subjectIds: readonly string[]): Promise<number> {
  const lock = tx.dialect === 'mariadb' ? ' LOCK IN SHARE MODE' : '';
  let found = 0;
  for (const ids of chunks([...subjectIds].sort())) {
    const rows = await tx.all(
      `SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id IN (${placeholders(ids.length)}) ` +
        `AND state = 'live' ORDER BY id${lock}`,
      [tenantId, ...ids],
    );
    found += rows.length;
  }
  return found;
}

function approvalOf(row: Row): StoredApproval {
  const number = (name: string) => (row[name] === null ? null : Number(row[name]));
  const text = (name: string) => String(row[name]);
  const sealed = row.reason_sealed as Buffer | ArrayBuffer | null;
  return {
    id: text('id'),
    kind: text('kind') as ApprovalKind,
    state: text('state') as StoredApproval['state'],
    fields: text('fields').split(',').filter(Boolean) as FieldCode[],
    people: Number(row.people),
    contentHash: text('content_hash'),
    changes: JSON.parse(text('changes')) as Loosening[],
    proposal: row.proposal === null ? null : proposalOf(Number(row.base_version), text('proposal')),
    // libsql answers blobs as ArrayBuffer.
    reasonSealed: sealed === null ? null : Buffer.from(sealed as ArrayBuffer),
    requestedBy: text('requested_by'),
    requestedAt: Number(row.requested_at),
    expiresAt: Number(row.expires_at),
    decidedBy: row.decided_by === null ? null : text('decided_by'),
    decidedAt: number('decided_at'),
    usedAt: number('used_at'),
  };
}

function proposalOf(baseVersion: number, register: string): Proposal {
  return { baseVersion, register: JSON.parse(register) as Register };
}
