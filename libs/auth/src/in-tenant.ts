import type { Actor } from '@libs/database';
import { runInTenant } from '@libs/tenancy';

const SELF: Actor = { kind: 'system', id: 'auth' };

/** Runs a read or write of `libs/auth` in the context of the tenant that it concerns: before sign-in there is none yet. */
export function inTenant<T>(tenantId: string, work: () => T, actor: Actor = SELF): T {
  return runInTenant({ tenantId, actor, correlationId: 'auth' }, work);
}
