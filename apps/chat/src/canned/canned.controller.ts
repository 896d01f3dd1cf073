import type { CannedResponse, CannedResponses } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { currentTenant } from '@libs/tenancy';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { CannedCreateBody, CannedDeleteBody, CannedEditBody, CannedParams } from './canned.dto.js';
import { type CannedAsker, CannedService } from './canned.service.js';

/** Canned responses (快捷回复): of the workspace, and the caller's own. */
@Controller('api/v1/chat/canned-responses')
@Access('conversations:reply')
export class CannedController {
  constructor(private readonly canned: CannedService) {}

  @Get()
  list(@Caller() caller: MemberPrincipal): Promise<CannedResponses> {
    return this.canned.list(cannedAskerOf(caller));
  }

  @Post()
  create(@Caller() caller: MemberPrincipal, @Body() body: CannedCreateBody): Promise<CannedResponse> {
    return this.canned.create(cannedAskerOf(caller), body);
  }

  @Put(':id')
  edit(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: CannedParams,
    @Body() body: CannedEditBody,
  ): Promise<CannedResponse> {
    return this.canned.edit(cannedAskerOf(caller), id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: CannedParams,
    @Body() { version }: CannedDeleteBody,
  ): Promise<void> {
    return this.canned.remove(cannedAskerOf(caller), id, version);
  }
}

function cannedAskerOf({ tenantId, memberId, subjectId, permissions }: MemberPrincipal): CannedAsker {
  const { correlationId } = currentTenant();
  return { tenantId, memberId, subjectId: subjectId!, mayShare: permissions.has('canned:share'), correlationId };
}
