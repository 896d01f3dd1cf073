import { OperationalError } from '@libs/kernel';
import { ConsentBook, RegisterBook } from '@libs/privacy';
import { basicConsents, isDenied } from '@libs/privacy-core';
import { runInTenant } from '@libs/tenancy';
import { Injectable } from '@nestjs/common';

/** Whether a person still lets us have the conversation at all (C-35). */
@Injectable()
export class ConversationConsent {
  constructor(
    private readonly registers: RegisterBook,
    private readonly book: ConsentBook,
  ) {}

  /** True after the person withdrew a basic consent, until they agree again. */
  isWithdrawn(tenantId: string, subjectId: string): Promise<boolean> {
    const actor = { kind: 'system', id: 'conversation-consent' } as const;
    return runInTenant({ tenantId, actor, correlationId: subjectId }, async () => {
      const [{ register }] = await Promise.all([this.registers.load(tenantId), this.book.load(tenantId, [subjectId])]);
      const person = this.book.personNow(tenantId, subjectId);
      // Decided anew meanwhile: nobody comes in, or stays, on what is not known.
      if (!person) throw new OperationalError('privacy.consents-unstable', 'Decisions change while being read');
      return basicConsents(register).some((scope) => isDenied(person.own, scope));
    });
  }
}
