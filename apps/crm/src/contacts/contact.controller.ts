import type {
  BulkRevealed,
  ContactCard,
  ContactDetail,
  ContactPage,
  ContactSaved,
  PersonNames,
  RevealedValue,
} from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  BulkRevealBody,
  ConsentAskBody,
  ContactEditBody,
  ContactIdParams,
  ContactParams,
  ContactQuery,
  ContactSearchBody,
  NamesBody,
  RevealBody,
} from './contact.dto.js';
import { ContactService } from './contact.service.js';
import { ContactAsking } from './contact-asking.js';
import { ContactBulkRevealing } from './contact-bulk-revealing.js';
import { ContactEditing } from './contact-editing.js';
import { askerOf } from './contact-reach.js';
import { ContactRevealing } from './contact-revealing.js';
import { ContactSearching } from './contact-searching.js';

/** Contacts for the console. No logic: reach and rules lie in the services. */
@Controller('api/v1/crm/contacts')
export class ContactController {
  constructor(
    private readonly contacts: ContactService,
    private readonly editing: ContactEditing,
    private readonly revealing: ContactRevealing,
    private readonly bulk: ContactBulkRevealing,
    private readonly asking: ContactAsking,
    private readonly searching: ContactSearching,
  ) {}

  /** A page, newest first. */
  @Get()
  @Access('contacts:read')
  list(@Caller() caller: MemberPrincipal, @Query() query: ContactQuery): Promise<ContactPage> {
    return this.contacts.list(askerOf(caller), query);
  }

  /**
   * Those with a name of which this is a part, or with this whole mobile number, e-mail address or WeChat id, which no
   * URL may hold (P-1002); 429 `crm.search-limit`.
   */
  @Post('searches')
  @HttpCode(200)
  @Access('contacts:read')
  search(@Caller() caller: MemberPrincipal, @Body() body: ContactSearchBody): Promise<ContactPage> {
    return this.searching.search(askerOf(caller), body);
  }

  /** How people are called beside conversations; who is out of reach is left out, 404 where that leaves nobody. */
  @Post('names')
  @HttpCode(200)
  @Access('contacts:read')
  names(@Caller() caller: MemberPrincipal, @Body() { subjectIds }: NamesBody): Promise<PersonNames> {
    return this.contacts.namesOf(askerOf(caller), subjectIds);
  }

  /** The card beside a conversation; 404 `crm.contact-not-found` until crm has seen the conversation. */
  @Get('by-subject/:subjectId')
  @Access('contacts:read')
  bySubject(@Caller() caller: MemberPrincipal, @Param() { subjectId }: ContactParams): Promise<ContactCard> {
    return this.contacts.cardOf(askerOf(caller), subjectId);
  }

  /** Values of many people that a second member has agreed to (P-1007). */
  @Post('bulk-reveals')
  @HttpCode(200)
  @Access('personal:reveal')
  bulkReveal(@Caller() caller: MemberPrincipal, @Body() { approvalId }: BulkRevealBody): Promise<BulkRevealed> {
    return this.bulk.reveal(askerOf(caller), approvalId);
  }

  /** One contact, each field as the role may see it and with the reason where it is closed; 404 where there is none. */
  @Get(':id')
  @Access('contacts:read')
  find(@Caller() caller: MemberPrincipal, @Param() { id }: ContactIdParams): Promise<ContactDetail> {
    return this.contacts.detail(askerOf(caller), id);
  }

  /** Changes fields; 403 names those without consent, 409 `crm.contact-changed` when another was quicker (P-0112). */
  @Patch(':id')
  @Access('contacts:edit')
  edit(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: ContactIdParams,
    @Body() body: ContactEditBody,
  ): Promise<ContactSaved> {
    return this.editing.edit(askerOf(caller), id, body);
  }

  /** Shows one masked value in full for a minute; 429 `privacy.reveal-limit` (P-1004). */
  @Post(':id/reveals')
  @HttpCode(200)
  @Access('personal:reveal')
  reveal(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: ContactIdParams,
    @Body() body: RevealBody,
  ): Promise<RevealedValue> {
    return this.revealing.reveal(askerOf(caller), id, body);
  }

  /** Asks the person, in the widget, for consent to a field; not again after a no (P-0402). */
  @Post(':id/consent-requests')
  @Access('contacts:edit')
  askConsent(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: ContactIdParams,
    @Body() { field }: ConsentAskBody,
  ): Promise<{ readonly id: string }> {
    return this.asking.ask(askerOf(caller), id, field);
  }
}
