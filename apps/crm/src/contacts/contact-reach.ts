import { scopesOf } from '@libs/auth';
import type { MemberPrincipal } from '@libs/http';
import type { Purpose } from '@libs/privacy-core';
import { currentTenant } from '@libs/tenancy';

/** The member who asks. */
export interface Asker {
  readonly tenantId: string;
  readonly memberId: string;
  readonly role: string;
  readonly permissions: ReadonlySet<string>;
  readonly correlationId: string;
}

/**
 * Whose contacts: `handled` = of own and joined conversations, `near` = of those and of conversations that nobody has,
 * which one may look at but not work on.
 */
export type Reach = 'all' | 'near' | 'handled' | 'none';

/** Who asks, from the session; nothing of it comes from the request itself. */
export function askerOf({ tenantId, memberId, role, permissions }: MemberPrincipal): Asker {
  return { tenantId, memberId, role, permissions, correlationId: currentTenant().correlationId };
}

/** Why a role reads contacts. It follows from the role alone, never from what a caller says. */
export function purposeOf(role: string): Purpose {
  return isOfficer(role) ? 'subject-request' : 'customer-relations';
}

/** Contacts that a role may look at. */
export function readingReach(role: string): Reach {
  return isOfficer(role) ? 'all' : conversationReach(role);
}

/** Contacts that a role may edit, reveal and ask for consent. */
export function workingReach(role: string): Reach {
  const reach = readingReach(role);
  return reach === 'near' ? 'handled' : reach;
}

/** Contacts beside conversations that a role sees: the reach of the list of conversations. */
export function conversationReach(role: string): Reach {
  const scopes = scopesOf(role);
  if (scopes.includes('all')) return 'all';
  return scopes.includes('own-and-participated') ? 'near' : 'none';
}

/** The officer has no conversation, but whoever makes a request must be found. */
function isOfficer(role: string): boolean {
  return role === 'privacy-officer';
}
