import type { ContactField } from '@libs/contracts';
import { CLOCK, type Clock } from '@libs/kernel';
import { PersonalGate, ReadAccounts, RegisterBook, RevealGuard } from '@libs/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { contactErrors } from './contact.errors.js';
import { codeOf } from './contact-fields.js';
import type { Asker } from './contact-reach.js';

/** What stands around every reveal: the tenant's rules, the gate, the count and the account. */
@Injectable()
export class RevealControls {
  constructor(
    @Inject(RegisterBook) private readonly register: RegisterBook,
    @Inject(PersonalGate) readonly gate: PersonalGate,
    @Inject(RevealGuard) readonly guard: RevealGuard,
    @Inject(ReadAccounts) readonly accounts: ReadAccounts,
    @Inject(CLOCK) readonly clock: Clock,
  ) {}

  /** The tier of the field in this workspace; refuses a role that may not reveal it or does not see it at all. */
  async assertMay({ tenantId, role, permissions }: Asker, field: ContactField): Promise<'T1' | 'T2' | 'T3'> {
    const { register } = await this.register.load(tenantId);
    const policy = register.fields.find((candidate) => candidate.field === codeOf(field));
    if (!policy || this.gate.visibility(tenantId, codeOf(field), role) === 'none') throw contactErrors.hidden();
    const permission = policy.tier === 'T3' ? 'personal:reveal-sensitive' : 'personal:reveal';
    if (!permissions.has(permission)) throw contactErrors.permission(permission);
    return policy.tier;
  }
}
