import { LeakReports, LoginSessions } from '@libs/auth';
import type { SignInEntry } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { takenCookie } from '../sign-in/session-cookie-header.js';
import { OwnLogin } from './own-login.js';

/** What happened to one's own login, and what to do when it leaked (P-1012, F-0113). */
@Controller('api/v1/account')
export class SecurityController {
  constructor(
    private readonly own: OwnLogin,
    private readonly sessions: LoginSessions,
    private readonly leaks: LeakReports,
  ) {}

  /** Sessions and events, newest first. */
  @Get('me/sign-ins')
  @Access.member()
  async signIns(@Caller() caller: MemberPrincipal): Promise<{ readonly items: readonly SignInEntry[] }> {
    return { items: await this.sessions.entries(await this.own.of(caller), caller.sessionId) };
  }

  /** Ends all sessions of the login but this one, in every workspace. */
  @Delete('sessions')
  @HttpCode(204)
  @Access.member()
  async endOthers(@Caller() caller: MemberPrincipal, @Req() { id: correlationId }: FastifyRequest): Promise<void> {
    const actor = { kind: 'member', id: caller.memberId } as const;
    await this.sessions.endOthers(await this.own.of(caller), { actor, correlationId, keep: caller.sessionId });
  }

  /** Freezes the login at once and ends every session, this one too; a reset opens it again. */
  @Post('me/leak-report')
  @HttpCode(204)
  @Access.member()
  async reportLeak(
    @Caller() caller: MemberPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const login = await this.own.of(caller);
    const actor = { kind: 'member', id: caller.memberId } as const;
    const where = { address: request.ip, userAgent: request.headers['user-agent'] };
    await this.leaks.report({ login, actor, correlationId: request.id, ...where });
    reply.header('set-cookie', takenCookie());
  }
}
