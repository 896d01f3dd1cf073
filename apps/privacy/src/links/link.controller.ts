import type { SubjectLinks } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { LinkBook } from '@libs/privacy';
import { currentTenant } from '@libs/tenancy';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { whoOf } from '../people/desk-caller.js';
import { PersonRepository } from '../people/person.repository.js';
import { LinkParams, LinkQuery, UnlinkBody } from './link.dto.js';

/** People whom a signed statement of the embedding site took for one (decision 0008). */
@Controller('api/v1/privacy/links')
export class LinkController {
  constructor(
    @Inject(LinkBook) private readonly links: LinkBook,
    @Inject(PersonRepository) private readonly people: PersonRepository,
  ) {}

  /** Everything that links this person with others, directly or not, oldest first. */
  @Get()
  @Access('privacy:read')
  async list(@Query() { subjectId }: LinkQuery): Promise<SubjectLinks> {
    await this.people.assertKnown(subjectId);
    return { items: await this.links.of(currentTenant().tenantId, subjectId) };
  }

  /** Takes a wrong link apart: each is read alone again. 409 `privacy.link-undone` where somebody was quicker. */
  @Post(':id/undo')
  @HttpCode(204)
  @Access('privacy:manage')
  undo(@Caller() caller: MemberPrincipal, @Param() { id }: LinkParams, @Body() { reason }: UnlinkBody): Promise<void> {
    return this.links.undo(whoOf(caller), id, reason);
  }
}
