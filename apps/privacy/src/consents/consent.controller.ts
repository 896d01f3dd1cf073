import type { ConsentCounts, ConsentPage } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import type { ConsentEvidence } from '@libs/privacy-core';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ConsentParams, ConsentQuery, PersonQuery } from './consent.dto.js';
import { ConsentService } from './consent.service.js';

/** Consent records: a list that can be searched, and evidence as ISO/IEC TS 27560 names it. */
@Controller('api/v1/privacy/consents')
@Access('privacy:read')
export class ConsentController {
  constructor(private readonly consents: ConsentService) {}

  /** Newest first. */
  @Get()
  list(@Query() query: ConsentQuery): Promise<ConsentPage> {
    return this.consents.list(query);
  }

  /** People by present state of each scope. */
  @Get('counts')
  counts(): Promise<ConsentCounts> {
    return this.consents.counts();
  }

  /** Everything one person decided, as evidence. That it was shown is on record. */
  @Get('evidence')
  evidenceOfPerson(
    @Caller() caller: MemberPrincipal,
    @Query() { subjectId }: PersonQuery,
  ): Promise<{ readonly items: readonly ConsentEvidence[] }> {
    return this.consents.evidenceOfPerson(caller, subjectId);
  }

  /** One record as evidence. That it was shown is on record. */
  @Get(':id/evidence')
  evidence(@Caller() caller: MemberPrincipal, @Param() { id }: ConsentParams): Promise<ConsentEvidence> {
    return this.consents.evidence(caller, id);
  }
}
