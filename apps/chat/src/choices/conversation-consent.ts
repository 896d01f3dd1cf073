import { ConsentBook } from '@libs/privacy';
import { basicConsents, isDenied } from '@libs/privacy-core';
import { runInTenant } from '@libs/tenancy';
import { Injectable } from '@nestjs/common';

/** Whether a person still lets us have the conversation at all (C-35). */
@Injectable()
export class ConversationConsent {
  constructor(private readonly book: ConsentBook) {}

  /** True after the person withdrew a basic consent, until they agree again. */
  isWithdrawn(tenantId: string, subjectId: string): Promise<boolean> {
    const actor = { kind: 'system', id: 'conversation-consent' } as const;
    return runInTenant({ tenantId, actor, correlationId: subjectId }, async () => {
      const consents = await this.book.settled(tenantId, [subjectId]);
      const { own } = consents.person(subjectId);
      return basicConsents(consents.register).some((scope) => isDenied(own, scope));
    });
  }
}
