import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Decision } from './history.js';
import type { ConsentScope, ConsentType } from './scope.js';

/** How a person expressed a decision; closed (P-0102). `spoken` and `written` name the member who was told. */
export type ConsentMethod = 'button' | 'switch' | 'spoken' | 'written';

/** One decision with everything that shows what was asked, of whom, where and how (ISO/IEC TS 27560). Append-only. */
export interface ConsentRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly subjectId: string;
  readonly scope: ConsentScope;
  readonly type: ConsentType;
  readonly decision: Decision;
  /** Version of the function in the register; 0 for a refusal or withdrawal. */
  readonly version: number;
  readonly noticeHash: string;
  /** Version of the published text (for the agreement at the start: the inbox's notice). */
  readonly noticeVersion: number;
  readonly locale: string;
  /** Screen where it was asked, e.g. `widget.notice`. */
  readonly screen: string;
  readonly channel: string;
  readonly method: ConsentMethod;
  /** `visitor`, `guardian` or `member:<id>`. */
  readonly actor: string;
  readonly decidedAt: number;
  readonly recordedAt: number;
  /** Unique per tenant: the same act, sent again, is the same record. */
  readonly nonce: string;
}

/** Every field of a record in the order of the seal, which may never change; stores take theirs from here. */
export const CONSENT_FIELDS = [
  ...(['id', 'tenantId', 'subjectId', 'scope', 'type', 'decision', 'version', 'noticeHash', 'noticeVersion'] as const),
  ...(['locale', 'screen', 'channel', 'method', 'actor', 'decidedAt', 'recordedAt', 'nonce'] as const),
] as const satisfies readonly (keyof ConsentRecord)[];

const LABEL = 'custodia/consent/1';

/** Seal over all fields, under a key of the tenant: a record that was changed afterwards shows it. 32 bytes. */
export function consentProof(key: Buffer, record: ConsentRecord): Buffer {
  const fields = CONSENT_FIELDS.map((name) => record[name]);
  return createHmac('sha256', key)
    .update(JSON.stringify([LABEL, ...fields]), 'utf8')
    .digest();
}

/** True when `proof` was made with `key` from exactly this record. */
export function verifyConsentProof(key: Buffer, record: ConsentRecord, proof: Buffer): boolean {
  const expected = consentProof(key, record);
  return proof.length === expected.length && timingSafeEqual(proof, expected);
}
