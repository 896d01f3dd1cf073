import type { ContactCard } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Controller, Get, Param } from '@nestjs/common';
import { ContactParams } from './contact.dto.js';
import { ContactService } from './contact.service.js';

/** Contacts for the console. */
@Controller('api/v1/crm/contacts')
export class ContactController {
  constructor(private readonly contacts: ContactService) {}

  /** The card beside a conversation; 404 `crm.contact-not-found` until crm has seen the conversation. */
  @Get('by-subject/:subjectId')
  @Access('contacts:read')
  bySubject(@Caller() caller: MemberPrincipal, @Param() { subjectId }: ContactParams): Promise<ContactCard> {
    return this.contacts.cardOf(subjectId, caller);
  }
}
