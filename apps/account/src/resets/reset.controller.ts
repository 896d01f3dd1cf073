import { Resets, ResetUse } from '@libs/auth';
import type { OneTimeLink } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ResetMemberParams, ResetRequestBody, ResetUseBody } from './reset.dto.js';

/** Ways back for who has forgotten the password (F-0112). */
@Controller('api/v1/account')
export class ResetController {
  constructor(
    private readonly resets: Resets,
    private readonly uses: ResetUse,
  ) {}

  /** Always 202, at once: the letter goes out afterwards, if there is somebody to write to. */
  @Post('resets')
  @HttpCode(202)
  @Access.public('before sign-in nobody is known; one answer for all, letters are limited')
  request(@Body() { identifier }: ResetRequestBody, @Req() { ip: address, id: correlationId }: FastifyRequest): void {
    this.resets.request({ identifier, address, correlationId });
  }

  /** Sets the password, ends all sessions, lifts a freeze; the token works once. */
  @Post('resets/use')
  @HttpCode(204)
  @Access.public('the token is the key: 256 random bits, half an hour, once')
  use(@Body() { token, password }: ResetUseBody, @Req() { id: correlationId }: FastifyRequest): Promise<void> {
    return this.uses.use({ token, password, correlationId });
  }

  /** A link that the admin hands over; shown only now. */
  @Post('members/:id/reset')
  @HttpCode(200)
  @Access('members:manage')
  async make(
    @Param() { id }: ResetMemberParams,
    @Caller() { tenantId, memberId, role }: MemberPrincipal,
    @Req() { id: correlationId }: FastifyRequest,
  ): Promise<OneTimeLink> {
    const by = { memberId, role };
    const { url, expiresAt } = await this.resets.makeByAdmin({ tenantId, by, memberId: id, correlationId });
    return { url, expiresAt };
  }
}
