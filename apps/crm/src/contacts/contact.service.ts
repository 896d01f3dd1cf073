import { scopesOf } from '@libs/auth';
import type { ContactCard } from '@libs/contracts';
import { UserError } from '@libs/kernel';
import { Injectable } from '@nestjs/common';
import { type ConsentDecision, ContactRepository } from './contact.repository.js';

/** Who asks for a contact. */
export interface ContactAsker {
  readonly memberId: string;
  readonly role: string;
}

/** Reads contacts within the reach of who asks. Unknown, foreign and out of reach are the same 404. */
@Injectable()
export class ContactService {
  constructor(private readonly contacts: ContactRepository) {}

  async cardOf(subjectId: string, asker: ContactAsker): Promise<ContactCard> {
    const contact = (await this.mayRead(subjectId, asker)) ? await this.contacts.find(subjectId) : undefined;
    if (!contact) throw new UserError('crm.contact-not-found', 'There is no such contact.', { status: 404 });
    const consents = inForce(await this.contacts.decisions(subjectId));
    return { id: contact.id, subjectId, firstSeenAt: contact.createdAt, consents };
  }

  private async mayRead(subjectId: string, { memberId, role }: ContactAsker): Promise<boolean> {
    const scopes = scopesOf(role);
    if (scopes.includes('all')) return true;
    return scopes.includes('own-and-participated') && this.contacts.isReachable(subjectId, memberId);
  }
}

/** What a person agrees to now: the last decision about a purpose counts. */
export function inForce(decisions: readonly ConsentDecision[]): ContactCard['consents'] {
  const last = new Map(decisions.map((decision) => [decision.purpose, decision]));
  return [...last.values()]
    .filter(({ decision }) => decision === 'agree')
    .map(({ purpose, version, at }) => ({ purpose, version, at }));
}
