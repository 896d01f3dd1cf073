import { isId, randomToken } from '@libs/kernel';

const BYTES = 32;
const FORM = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

/** A new secret of an invitation in `tenantId`: only its keyed index is stored. */
export function newInvitationToken(tenantId: string): string {
  return `${tenantId}.${randomToken(BYTES)}`;
}

/** Which tenant a token names; undefined for what never was one. */
export function tenantOfToken(token: string): string | undefined {
  const tenantId = FORM.exec(token)?.[1];
  return isId(tenantId) ? tenantId : undefined;
}
