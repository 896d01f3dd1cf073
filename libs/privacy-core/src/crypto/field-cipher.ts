import { UnexpectedError } from '@libs/kernel';
import { open, seal } from './aead.js';
import { refuseWiped } from './keys.js';

const FIELD_VERSION = 0x01;

/**
 * Encrypts what lies under a key of a workspace (secrets, notes about acts, tickets, lines of the network log), with AES-GCM:
 * 0x01 | nonce 12 | ciphertext | tag 16. `aad` says where it lives, see `fieldAad`. Values under a key of their person were
 * sealed like this at first; they have `sealValue`.
 */
export function sealField(key: Buffer, aad: Buffer | string, plaintext: Buffer | string): Buffer {
  refuseWiped(key);
  return seal(FIELD_VERSION, key, aad, plaintext);
}

/** Opens what `sealField` wrote; throws `privacy.ciphertext-invalid` for damage, another key or another place. */
export function openField(key: Buffer, aad: Buffer | string, sealed: Buffer): Buffer {
  return open(FIELD_VERSION, key, aad, sealed);
}

/** True for what `sealField` wrote and not `sealValue`. */
export function isSealedField(sealed: Buffer): boolean {
  return sealed[0] === FIELD_VERSION;
}

/**
 * The place a ciphertext is bound to. A part that holds the separator is a defect, because two places could then
 * share one text; `row` may be several ids joined by the caller with another sign.
 */
export function fieldAad(tenantId: string, subjectId: string, table: string, column: string, row: string): string {
  checkPart(tenantId);
  checkPart(subjectId);
  checkPart(table);
  checkPart(column);
  checkPart(row);
  return `${tenantId}|${subjectId}|${table}|${column}|${row}`;
}

/** Joins the parts of any other associated data with `|` under the same rule. */
export function joinAad(parts: readonly string[]): string {
  for (const part of parts) checkPart(part);
  return parts.join('|');
}

function checkPart(part: string): void {
  if (part.length === 0 || part.includes('|')) {
    throw new UnexpectedError('privacy.aad-invalid', 'A part of the associated data is empty or holds "|".');
  }
}
