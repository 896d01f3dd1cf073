import { InvitationJoining, InvitationSending, Invitations } from '@libs/auth';
import type { InvitationMade, InvitationView, SignInAnswer } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { currentTenant } from '@libs/tenancy';
import { Body, Controller, Delete, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionDoor } from '../sign-in/session-door.js';
import { InvitationAcceptBody, InvitationBody, InvitationParams, InvitationTokenBody } from './invitation.dto.js';

/** Asking people into the workspace (F-0201), and the door of those who are asked. */
@Controller('api/v1/account/invitations')
export class InvitationController {
  constructor(
    private readonly sending: InvitationSending,
    private readonly invitations: Invitations,
    private readonly joining: InvitationJoining,
    private readonly door: SessionDoor,
  ) {}

  /** 409 `account.invitation-open`, `account.already-member`; 429 `account.invitations-limit`. */
  @Post()
  @HttpCode(201)
  @Access('members:manage')
  invite(@Caller() caller: MemberPrincipal, @Body() body: InvitationBody): Promise<InvitationMade> {
    return this.sending.invite(actingOf(caller), body);
  }

  /** A new link; the old one is worth nothing from here on. */
  @Post(':id/resend')
  @HttpCode(200)
  @Access('members:manage')
  resend(@Caller() caller: MemberPrincipal, @Param() { id }: InvitationParams): Promise<InvitationMade> {
    return this.sending.resend(actingOf(caller), id);
  }

  /** Takes an open invitation back: its link opens nothing any more (F-0201). 404 for one that is not there. */
  @Delete(':id')
  @HttpCode(204)
  @Access('members:manage')
  revoke(@Caller() caller: MemberPrincipal, @Param() { id }: InvitationParams): Promise<void> {
    return this.invitations.revoke(actingOf(caller), id);
  }

  /**
   * What the link of an invitation leads to, before anybody accepts it (F-0201); refused when it was used, taken back
   * or is too old.
   */
  @Post('look')
  @HttpCode(200)
  @Access.public('needs the secret of the link')
  look(@Body() { token }: InvitationTokenBody): Promise<InvitationView> {
    return this.sending.view(token);
  }

  /** Says no; what was held about the invited person goes. */
  @Post('decline')
  @HttpCode(204)
  @Access.public('needs the secret of the link')
  decline(@Body() { token }: InvitationTokenBody, @Req() { id }: FastifyRequest): Promise<void> {
    return this.invitations.decline(token, id);
  }

  /** Works once: 409 `account.invitation-used` for whoever comes second. */
  @Post('accept')
  @HttpCode(200)
  @Access.public('needs the secret of the link; failures of a known login are counted and locked')
  async accept(
    @Body() body: InvitationAcceptBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInAnswer> {
    const result = await this.joining.join(body, this.door.placeOf(request));
    return this.door.answer(result, request, reply);
  }
}

function actingOf({ tenantId, memberId }: MemberPrincipal) {
  return { tenantId, memberId, correlationId: currentTenant().correlationId };
}
