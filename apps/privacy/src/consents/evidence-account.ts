import { UnitOfWork } from '@libs/database';
import type { MemberPrincipal } from '@libs/http';
import { ReadAccounts } from '@libs/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { whoOf } from '../people/desk-caller.js';

/** Evidence that is about to be shown. */
export interface ShownEvidence {
  readonly subjectId: string;
  /** `consent:<id>` or `subject:<id>`. */
  readonly resource: string;
  readonly count: number;
}

const PURPOSE = 'subject-request';

/** Evidence names a person and may leave the house: on record before it is shown (P-1010). */
@Injectable()
export class EvidenceAccount {
  constructor(
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(ReadAccounts) private readonly accounts: ReadAccounts,
  ) {}

  async keep(caller: MemberPrincipal, { subjectId, resource, count }: ShownEvidence): Promise<void> {
    const who = whoOf(caller);
    const { tenantId, memberId, correlationId } = who;
    await this.accounts.room();
    const actor = { kind: 'member', id: memberId } as const;
    await this.work.run({ tenantId, actor, purpose: PURPOSE, correlationId }, async ({ record }) =>
      record({
        ...{ kind: 'privacy.evidence-exported.v1', subjectId, resource, fields: 'consent' },
        ...{ detail: () => ({ count }), commitment: null },
      }),
    );
    const reader = { ...who, role: caller.role, purpose: PURPOSE, range: resource } as const;
    this.accounts.note({ reader, subjects: [subjectId], fields: [], masked: 0 });
  }
}
