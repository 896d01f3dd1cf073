import { runInTenant } from '@libs/tenancy';

/** Reads of the privacy library by itself: caches, queues, lists; the caller has decided which tenant. */
export function inTenant<T>(tenantId: string, read: () => T): T {
  return runInTenant({ tenantId, actor: { kind: 'system', id: 'privacy' }, correlationId: 'privacy' }, read);
}
