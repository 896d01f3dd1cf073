import { logAs } from '@libs/audit';
import { AgentSessions, CookieAuthenticator, SignInService, type WorkspaceChoice } from '@libs/auth';
import type { Me } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MeService } from '../me/me.service.js';
import { givenCookie, takenCookie } from './session-cookie-header.js';
import { SignInBody } from './sign-in.dto.js';

/** Signing in and out (F-0106). */
@Controller('api/v1/account')
export class SignInController {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: AgentSessions,
    private readonly authenticator: CookieAuthenticator,
    private readonly people: MeService,
  ) {}

  /** Opens a session; a login with several workspaces is first asked which one. */
  @Post('sign-in')
  @HttpCode(200)
  @Access.public('the door itself; failures are counted and locked')
  async signIn(
    @Body() body: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Me | { readonly choices: readonly WorkspaceChoice[] }> {
    const { id: correlationId, ip: address } = request;
    const result = await this.signIns.signIn({ ...body, address, correlationId });
    if (result.kind === 'choose') return { choices: result.choices };
    await this.endPrevious(request);
    logAs(request, result.session);
    reply.header('set-cookie', givenCookie(result.cookie));
    return this.people.describe(result.session);
  }

  /** Ends this session and takes the cookie back. */
  @Post('sign-out')
  @HttpCode(204)
  @Access.member()
  async signOut(
    @Caller() { tenantId, memberId, sessionId }: MemberPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.end({ tenantId, memberId, id: sessionId, correlationId: request.id });
    reply.header('set-cookie', takenCookie());
  }

  /** The session that this browser had is replaced, so nobody will end it later. */
  private async endPrevious({ headers, id: correlationId }: FastifyRequest): Promise<void> {
    const previous = await this.authenticator.memberOf(headers.cookie);
    if (!previous) return;
    const { tenantId, memberId, sessionId } = previous;
    await this.sessions.end({ tenantId, memberId, id: sessionId, correlationId });
  }
}
