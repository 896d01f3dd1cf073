import type { MemberRole } from '../members/roles.js';
import type { AuthPorts } from '../ports.js';
import type { PendingSource, SessionMember } from '../sessions/pending-steps.js';
import type { SecondFactors } from './second-factors.js';

const ASKED: ReadonlySet<MemberRole> = new Set(['owner', 'admin', 'privacy-officer']);

/** True for roles that need a second factor wherever the workspace has not switched that off. */
export function asksSecondFactor(role: MemberRole): boolean {
  return ASKED.has(role);
}

/** Who administers or reads everybody's data shows a second factor before (P-1008). */
export class SecondFactorRule implements PendingSource {
  readonly step = 'second-factor';

  constructor(
    private readonly settings: AuthPorts['settings'],
    private readonly factors: SecondFactors,
  ) {}

  /** Whether `role` needs one in this workspace. */
  async isRequired(tenantId: string, role: MemberRole): Promise<boolean> {
    return asksSecondFactor(role) && (await this.settings.number(tenantId, 'security.second-factor')) !== 0;
  }

  async isOwed({ tenantId, role, loginId }: SessionMember): Promise<boolean> {
    return (await this.isRequired(tenantId, role)) && !(await this.factors.isEnrolled(loginId));
  }
}
