import { AgentSessions } from '@libs/auth';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { currentTenant } from '@libs/tenancy';
import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { AgentSessionParams, type AgentSessionSummary } from './agent-session.dto.js';

/** The caller's own sessions: see them, end one (F-0111). */
@Controller('api/v1/account/sessions')
export class AgentSessionController {
  constructor(private readonly sessions: AgentSessions) {}

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
  end(@Caller() { tenantId, memberId }: MemberPrincipal, @Param() { id }: AgentSessionParams): Promise<void> {
    return this.sessions.end({ tenantId, memberId, id, correlationId: currentTenant().correlationId });
  }
}
