import { AgentSessions, LoginSessions } from '@libs/auth';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Controller, Delete, Get, HttpCode, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { OwnLogin } from '../security/own-login.js';
import { AgentSessionParams, type AgentSessionSummary } from './agent-session.dto.js';

/** The caller's own sessions: see those of this workspace, end one of any (F-0111). */
@Controller('api/v1/account/sessions')
export class AgentSessionController {
  constructor(
    private readonly sessions: AgentSessions,
    private readonly ofLogin: LoginSessions,
    private readonly own: OwnLogin,
  ) {}

  /** Where one is signed in: each session with when it began, was last seen and ends (F-0107). */
  @Get()
  @Access.member()
  async list(
    @Caller() { tenantId, memberId, sessionId }: MemberPrincipal,
  ): Promise<{ readonly items: readonly AgentSessionSummary[] }> {
    const found = await this.sessions.list(tenantId, memberId);
    return {
      items: found.map(({ id, createdAt, lastSeenAt, expiresAt }) => ({
        ...{ id, createdAt, lastSeenAt, expiresAt },
        current: id === sessionId,
      })),
    };
  }

  /** 404 `account.session-not-found` for one of somebody else, too. */
  @Delete(':id')
  @HttpCode(204)
  @Access.member()
  async end(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: AgentSessionParams,
    @Req() { id: correlationId }: FastifyRequest,
  ): Promise<void> {
    await this.ofLogin.end(await this.own.of(caller), { id, correlationId });
  }
}
