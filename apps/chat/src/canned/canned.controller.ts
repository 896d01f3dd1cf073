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

  /** Canned responses of the workspace and one’s own. */
  @Get()
  list(@Caller() caller: MemberPrincipal): Promise<CannedResponses> {
    return this.canned.list(cannedAskerOf(caller));
  }

  /**
   * A new canned response. 409 `chat.canned-shortcut-taken`, `chat.too-many-canned`; 403 `chat.canned-not-yours`; 422
   * for a text, title, shortcut or variable that cannot be.
   */
  @Post()
  create(@Caller() caller: MemberPrincipal, @Body() body: CannedCreateBody): Promise<CannedResponse> {
    return this.canned.create(cannedAskerOf(caller), body);
  }

  /**
   * Changes the version that was seen: 409 `chat.canned-changed`, 404 `chat.canned-not-found`, and what is refused of
   * a new one.
   */
  @Put(':id')
  edit(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: CannedParams,
    @Body() body: CannedEditBody,
  ): Promise<CannedResponse> {
    return this.canned.edit(cannedAskerOf(caller), id, body);
  }

  /**
   * Removes the version that was seen: 404 `chat.canned-not-found`, 409 `chat.canned-changed`, 403
   * `chat.canned-not-yours`.
   */
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
