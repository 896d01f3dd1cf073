import { plainText } from '@libs/auth';
import { readStatement, type StatementFault } from '@libs/privacy-core';
import type { Inbox } from '../inboxes/inbox-directory.js';
import { identityErrors } from './identity.errors.js';

/** Longest life of a statement. */
const LIFE_MS = 10 * 60_000;
/** How far the clocks of two servers may differ. */
const SKEW_MS = 60_000;
const MOST = 200;

/** Fields that a statement may bring besides who it is about. */
export type ClaimedField = 'name' | 'mobile' | 'email';
export const CLAIMED_FIELDS: readonly ClaimedField[] = ['name', 'mobile', 'email'];

/** Whom the embedding site takes its visitor for. */
export interface IdentityClaims {
  /** The site's own name of the person. */
  readonly subject: string;
  /** Unique name of the statement. */
  readonly once: string;
  readonly expiresAt: number;
  readonly fields: ReadonlyMap<ClaimedField, string>;
}

const FAULTS: Readonly<Record<StatementFault, () => Error>> = {
  form: identityErrors.malformed,
  algorithm: identityErrors.algorithm,
  signature: identityErrors.signature,
};

/** What a statement for `inbox` says; throws the refusal that fits. */
export function identityClaims(
  inbox: Inbox,
  secrets: readonly Buffer[],
  statement: unknown,
  now: number,
): IdentityClaims {
  const found = readStatement(secrets, statement);
  if ('fault' in found) throw FAULTS[found.fault]();
  const { aud, exp, sub, jti } = found.claims;
  if (aud !== inbox.key) throw identityErrors.inbox();
  if (typeof exp !== 'number' || !Number.isFinite(exp)) throw identityErrors.malformed();
  const expiresAt = Math.floor(exp * 1000);
  if (expiresAt + SKEW_MS <= now) throw identityErrors.expired();
  if (expiresAt > now + LIFE_MS + SKEW_MS) throw identityErrors.tooLong();
  if (!isWord(sub, 1) || !isWord(jti, 8)) throw identityErrors.malformed();
  const fields = new Map<ClaimedField, string>();
  for (const field of CLAIMED_FIELDS) {
    const value = found.claims[field];
    if (value === undefined || value === null || value === '') continue;
    const checked = typeof value === 'string' ? plainText(value, MOST) : { rule: 'isString' };
    if (!('value' in checked)) throw identityErrors.malformed();
    fields.set(field, checked.value);
  }
  return { subject: sub, once: jti, expiresAt: expiresAt + SKEW_MS, fields };
}

function isWord(value: unknown, least: number): value is string {
  return typeof value === 'string' && value.length >= least && value.length <= MOST;
}
