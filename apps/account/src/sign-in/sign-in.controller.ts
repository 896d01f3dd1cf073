import { AgentSessions, SignInService } from '@libs/auth';
import type { SignInAnswer } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { takenCookie } from './session-cookie-header.js';
import { SessionDoor } from './session-door.js';
import { SignInBody, SignInVerifyBody } from './sign-in.dto.js';

/** Signing in and out (F-0106). */
@Controller('api/v1/account')
export class SignInController {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: AgentSessions,
    private readonly door: SessionDoor,
  ) {}

  /** Opens a session, or asks for a second factor or which workspace. */
  @Post('sign-in')
  @HttpCode(200)
  @Access.public('the door itself; failures are counted and locked')
  async signIn(
    @Body() body: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInAnswer> {
    const result = await this.signIns.signIn({ ...body, ...this.door.placeOf(request) });
    return this.door.answer(result, request, reply);
  }

  /** The step that the ticket of the one before is for. */
  @Post('sign-in/verify')
  @HttpCode(200)
  @Access.public('needs the ticket of the step before; failures are counted and locked')
  async verify(
    @Body() body: SignInVerifyBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInAnswer> {
    const result = await this.signIns.verify({ ...body, ...this.door.placeOf(request) });
    return this.door.answer(result, request, reply);
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
}
