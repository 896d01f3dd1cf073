import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor, GateScope } from '@libs/database';
import { UnexpectedError } from '@libs/kernel';

/** Tenant, actor and correlation of the present work. Set only by guard, gateway and job runner (design 4.2). */
export interface TenantContext {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly correlationId: string;
}

const storage = new AsyncLocalStorage<TenantContext>();

/** Runs `work` inside `context`. */
export function runInTenant<T>(context: TenantContext, work: () => T): T {
  return storage.run(context, work);
}

/** The present context; throws outside of one, so that no read happens without a tenant. */
export function currentTenant(): TenantContext {
  const context = storage.getStore();
  if (!context) throw new UnexpectedError('tenancy.no-context', 'Tenant data was touched outside a tenant context');
  return context;
}

/** What reads outside a transaction may touch: the tenant of the context, nothing without one. */
export const contextScope: GateScope = { allows: (tenantId) => storage.getStore()?.tenantId === tenantId };
