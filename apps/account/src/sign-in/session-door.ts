import { logAs } from '@libs/audit';
import { AgentSessions, CookieAuthenticator, type SignInPlace, type SignInResult } from '@libs/auth';
import type { SignInAnswer } from '@libs/contracts';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MeService } from '../me/me.service.js';
import { givenCookie } from './session-cookie-header.js';

/** Turns the end of any way of signing in into an answer, with the cookie where there is a session. */
@Injectable()
export class SessionDoor {
  constructor(
    private readonly sessions: AgentSessions,
    private readonly authenticator: CookieAuthenticator,
    private readonly people: MeService,
  ) {}

  /** Where a request comes from, as sign-in asks for it. */
  placeOf({ ip, id, headers }: FastifyRequest): Pick<SignInPlace, 'address' | 'userAgent' | 'correlationId'> {
    return { address: ip, userAgent: headers['user-agent'], correlationId: id };
  }

  /** The answer; a session is handed over as a cookie and replaces the one that the browser had. */
  async answer(result: SignInResult, request: FastifyRequest, reply: FastifyReply): Promise<SignInAnswer> {
    if (result.kind === 'choose') return { choices: result.choices, ticket: result.ticket };
    if (result.kind === 'verify') {
      const { ticket, methods, expiresAt } = result;
      return { verify: { ticket, methods, expiresAt } };
    }
    await this.endPrevious(request);
    logAs(request, result.session);
    reply.header('set-cookie', givenCookie(result.cookie, result.keep));
    return this.people.describe(result.session);
  }

  /** The session that this browser had is replaced, so nobody will end it later. */
  private async endPrevious({ headers, id: correlationId }: FastifyRequest): Promise<void> {
    const previous = await this.authenticator.memberOf(headers.cookie);
    if (!previous) return;
    const { tenantId, memberId, sessionId } = previous;
    await this.sessions.end({ tenantId, memberId, id: sessionId, correlationId });
  }
}
