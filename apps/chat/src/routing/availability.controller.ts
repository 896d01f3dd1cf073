import type { ColleagueAvailabilities, OwnAvailability } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, Get, Put } from '@nestjs/common';
import { AvailabilityService } from './availability.js';
import { AvailabilityBody } from './routing.dto.js';

/** Who is there for new conversations. */
@Controller('api/v1/chat')
@Access('conversations:reply')
export class AvailabilityController {
  constructor(private readonly availability: AvailabilityService) {}

  /** Whether routing gives the member anything, and how much they can hold. */
  @Get('availability')
  own(@Caller() { tenantId, memberId }: MemberPrincipal): Promise<OwnAvailability> {
    return this.availability.own(tenantId, memberId);
  }

  /** A member says it of themselves, and nobody of somebody else. */
  @Put('availability')
  choose(
    @Caller() { tenantId, memberId }: MemberPrincipal,
    @Body() { availability }: AvailabilityBody,
  ): Promise<OwnAvailability> {
    return this.availability.choose(tenantId, memberId, availability);
  }

  /** The present word, open conversations and capacity of everybody who may have conversations. */
  @Get('colleagues/availability')
  all(@Caller() { tenantId }: MemberPrincipal): Promise<ColleagueAvailabilities> {
    return this.availability.all(tenantId);
  }
}
