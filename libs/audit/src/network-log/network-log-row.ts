import type { SqlValue } from '@libs/database';
import { fieldAad, openField, SEAL_OVERHEAD, sealField } from '@libs/privacy-core';

/** What is written about one request of a person who has written or signed in. */
export interface NetworkLogEntry {
  readonly tenantId: string;
  readonly memberId: string | null;
  readonly subjectId: string | null;
  readonly method: string;
  /** Template, e.g. `/api/v1/chat/conversations/:id`, or the namespace of a socket. */
  readonly route: string;
  readonly status: number;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly language: string | null;
  readonly url: string | null;
  readonly search: string | null;
}

/** Columns under the log key of the tenant and month, with the bytes of text that are kept. */
const TEXT_BYTES = { address: 64, user_agent: 512, language: 200, url: 2048, search: 512 } as const;

/** A column of ciphertext. */
export type SealedField = keyof typeof TEXT_BYTES;

/** The columns of ciphertext in the order of the table. */
export const SEALED_FIELDS = Object.keys(TEXT_BYTES) as readonly SealedField[];

/** Longest ciphertext of a field. */
export function sealedLength(field: SealedField): number {
  return TEXT_BYTES[field] + SEAL_OVERHEAD;
}

/** Columns of `audit_network_log` as `sealedRow` fills them. */
export const COLUMNS = [
  'tenant_id',
  'month',
  'id',
  'at',
  'member_id',
  'subject_id',
  'kind',
  'method',
  'route',
  'status',
  'stay_ms',
  ...SEALED_FIELDS,
] as const;

/** An entry that waits to be written. */
export interface WaitingEntry extends NetworkLogEntry {
  readonly id: string;
  readonly month: string;
  readonly at: number;
  readonly kind: 'http' | 'socket';
  stayMs: number | null;
}

/**
 * The row of an entry. Ciphertexts are bound to tenant, column and row, not to the subject: erasure must be able to
 * empty `subject_id` while the floor still asks for the rest.
 */
export function sealedRow(entry: WaitingEntry, key: Buffer): SqlValue[] {
  const seal = (field: SealedField, text: string | null): Buffer | null =>
    text === null ? null : sealField(key, aadOf(entry.tenantId, field, entry.id), clip(text, TEXT_BYTES[field]));
  return [
    entry.tenantId,
    entry.month,
    entry.id,
    entry.at,
    entry.memberId,
    entry.subjectId,
    entry.kind,
    ascii(entry.method, 10),
    ascii(entry.route, 200),
    entry.status,
    entry.stayMs,
    seal('address', entry.address),
    seal('user_agent', entry.userAgent),
    seal('language', entry.language),
    seal('url', entry.url),
    seal('search', entry.search),
  ];
}

/** Opens one field of a row with the key of its tenant and month. */
export function openLogField(
  key: Buffer,
  row: { readonly tenantId: string; readonly id: string },
  field: SealedField,
  sealed: Uint8Array | ArrayBuffer,
): string {
  // libsql answers blobs as ArrayBuffer.
  const bytes = sealed instanceof ArrayBuffer ? Buffer.from(sealed) : Buffer.from(sealed);
  return openField(key, aadOf(row.tenantId, field, row.id), bytes).toString('utf8');
}

function aadOf(tenantId: string, field: SealedField, id: string): string {
  return fieldAad(tenantId, 'tenant', 'audit_network_log', field, id);
}

/** At most `most` bytes, never half a character. */
function clip(text: string, most: number): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= most) return bytes;
  let end = most;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}

/** Methods and templates are ours and plain; anything else would break the ASCII column on MariaDB. */
function ascii(text: string, most: number): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, most);
}
