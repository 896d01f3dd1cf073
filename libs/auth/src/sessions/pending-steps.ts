import type { PendingStep } from '@libs/contracts';
import type { MemberRole } from '../members/roles.js';

/** Whose session is asked about. */
export interface SessionMember {
  readonly tenantId: string;
  readonly memberId: string;
  readonly loginId: string;
  readonly role: MemberRole;
}

/** Says whether a member still owes a step. Asked every few seconds at most for each session. */
export interface PendingSource {
  readonly step: PendingStep;
  isOwed(member: SessionMember): Promise<boolean>;
}

/** What sessions must do before they may do anything else; asked where rights are made, so nothing can forget it. */
export class PendingSteps {
  constructor(private readonly sources: readonly PendingSource[]) {}

  async of(member: SessionMember): Promise<readonly PendingStep[]> {
    const owed = await Promise.all(this.sources.map((source) => source.isOwed(member)));
    return this.sources.filter((_, index) => owed[index]).map(({ step }) => step);
  }
}
