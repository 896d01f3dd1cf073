import { BasicData, type BasicDataCaller, EmailChanges, Profiles } from '@libs/auth';
import type { EmailChanged, Profile } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, Get, HttpCode, Patch, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { EmailChangeBody, MobileChangeBody, PasswordChangeBody, ProfileEditBody } from './profile.dto.js';

/** One's own data: all of it in full, edited here, or changed with proof of identity (F-0114, F-0112). */
@Controller('api/v1/account/me')
export class ProfileController {
  constructor(
    private readonly profiles: Profiles,
    private readonly data: BasicData,
    private readonly emails: EmailChanges,
  ) {}

  /** What is held of oneself, with contact data masked (F-0104, F-0114). */
  @Get('profile')
  @Access.member()
  profile(@Caller() caller: MemberPrincipal): Promise<Profile> {
    return this.profiles.get(caller);
  }

  /** 403 `account.field-locked` names locked fields, 409 `account.profile-changed` what another browser has changed. */
  @Patch('profile')
  @Access.member()
  edit(
    @Caller() caller: MemberPrincipal,
    @Body() { version, fields }: ProfileEditBody,
    @Req() { id }: FastifyRequest,
  ): Promise<Profile> {
    return this.profiles.edit(caller, { version, fields: { ...fields } }, id);
  }

  /** Another password, after proof that it is oneself (F-0112); other sessions end. */
  @Put('password')
  @HttpCode(204)
  @Access.member()
  password(@Caller() caller: MemberPrincipal, @Body() body: PasswordChangeBody, @Req() request: FastifyRequest) {
    return this.data.changePassword(callerOf(caller, request), body);
  }

  /** Sends a link to the new address where mail can be sent; one answer for every address then. */
  @Put('email')
  @Access.member()
  email(
    @Caller() caller: MemberPrincipal,
    @Body() body: EmailChangeBody,
    @Req() request: FastifyRequest,
  ): Promise<EmailChanged> {
    return this.data.changeEmail(callerOf(caller, request), body);
  }

  /** The letter that lets one show that the present address is one's own; 409 where none can be sent, 429 past so many. */
  @Post('email-proof')
  @HttpCode(202)
  @Access.member()
  proof(@Caller() { tenantId, memberId }: MemberPrincipal, @Req() { id }: FastifyRequest): Promise<void> {
    return this.emails.askProof({ tenantId, memberId }, id);
  }

  /** Another mobile number, after proof that it is oneself (F-0112); 409 where somebody has it. */
  @Put('mobile')
  @HttpCode(204)
  @Access.member()
  mobile(@Caller() caller: MemberPrincipal, @Body() body: MobileChangeBody, @Req() request: FastifyRequest) {
    return this.data.changeMobile(callerOf(caller, request), body);
  }
}

function callerOf({ tenantId, memberId, sessionId }: MemberPrincipal, { ip, id }: FastifyRequest): BasicDataCaller {
  return { tenantId, memberId, sessionId, address: ip, correlationId: id };
}
