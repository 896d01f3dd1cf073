import { isId, randomToken } from '@libs/kernel';

const BYTES = 32;
const FORM = /^(([0-9a-f-]{36})\.[A-Za-z0-9_-]{43})(?:\.([A-Za-z0-9]{34}))?$/;

/** A new secret of an invitation in `tenantId`: only its keyed index is stored. */
export function newInvitationToken(tenantId: string): string {
  return `${tenantId}.${randomToken(BYTES)}`;
}

/** Which tenant a token names; undefined for what never was one. */
export function tenantOfToken(token: string): string | undefined {
  const tenantId = FORM.exec(token)?.[2];
  return isId(tenantId) ? tenantId : undefined;
}

/** The secret without what only a letter adds to it. */
export function bareToken(token: string): string {
  return FORM.exec(token)?.[1] ?? token;
}

/** The secret as a letter carries it: whoever shows `proof` has read the letter, which the inviter has not. */
export function mailedToken(token: string, proof: string): string {
  return `${bareToken(token)}.${proof}`;
}
