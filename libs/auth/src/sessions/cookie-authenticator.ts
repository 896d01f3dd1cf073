import { type Authenticator, type MemberPrincipal, SESSION_COOKIE } from '@libs/http';
import type { FastifyRequest } from 'fastify';
import { permissionsOf } from '../members/roles.js';
import type { AgentSessions } from './agent-sessions.js';
import { readCookie } from './session-cookie.js';

/** What a session may do that still owes a step (decision 0007). */
const NONE: ReadonlySet<string> = new Set();

/** Knows members by their session cookie: for requests, and for the handshake of a socket. */
export class CookieAuthenticator implements Authenticator {
  constructor(private readonly sessions: AgentSessions) {}

  authenticate(request: FastifyRequest, asked?: { readonly use: boolean }): Promise<MemberPrincipal | null> {
    return this.memberOf(request.headers.cookie, asked?.use);
  }

  /** The member of a Cookie header; null when nobody is known by it. */
  async memberOf(cookieHeader: string | undefined, use = true): Promise<MemberPrincipal | null> {
    const value = readCookie(cookieHeader, SESSION_COOKIE);
    const session = value === undefined ? null : await this.sessions.find(value, use);
    if (!session) return null;
    const { tenantId, memberId, id, role, subjectId, pending } = session;
    const permissions = pending.length > 0 ? NONE : permissionsOf(role);
    return { kind: 'member', tenantId, memberId, sessionId: id, role, permissions, pending, subjectId };
  }
}
