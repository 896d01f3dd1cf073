import type { ReadPage } from '@libs/contracts';
import { Access } from '@libs/http';
import { ReadAccounts } from '@libs/privacy';
import { currentTenant } from '@libs/tenancy';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ColleagueNames } from '../people/colleague-names.js';
import { PersonRepository } from '../people/person.repository.js';
import { ReadQuery } from './read.dto.js';

/** Who has seen a person's data (P-0404, P-1010). */
@Controller('api/v1/privacy/reads')
export class ReadController {
  constructor(
    @Inject(ReadAccounts) private readonly accounts: ReadAccounts,
    @Inject(PersonRepository) private readonly people: PersonRepository,
    @Inject(ColleagueNames) private readonly names: ColleagueNames,
  ) {}

  /** Newest first; what was shown of somebody linked with the person counts too. */
  @Get()
  @Access('privacy:read')
  async list(@Query() { subjectId, cursor }: ReadQuery): Promise<ReadPage> {
    await this.people.assertKnown(subjectId);
    const { items, next } = await this.accounts.of(currentTenant().tenantId, subjectId, cursor);
    const nameOf = await this.names.of(items.map(({ memberId }) => memberId));
    return { items: items.map(({ memberId, ...read }) => ({ ...read, by: nameOf(memberId) })), next };
  }
}
