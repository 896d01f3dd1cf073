import type { MemberPrincipal } from '@libs/http';
import type { Who } from '@libs/privacy';
import { currentTenant } from '@libs/tenancy';

/** The member who calls, as the journal names them. */
export function whoOf({ tenantId, memberId }: MemberPrincipal): Who {
  return { tenantId, memberId, correlationId: currentTenant().correlationId };
}
