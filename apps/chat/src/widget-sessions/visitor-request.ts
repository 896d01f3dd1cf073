import { logAs } from '@libs/audit';
import type { FastifyRequest } from 'fastify';
import type { VisitorSession } from './visitor-session.js';

/** The network log has a row for a request of a visitor who has written, and none before (design 5, F-1406). */
export function logVisitor(request: FastifyRequest, { inbox, visitor }: VisitorSession): void {
  if (visitor) logAs(request, { tenantId: inbox.tenantId, subjectId: visitor.subjectId });
}

/** A header that holds no token is an invalid token, never none: it must not turn its bearer into a new person. */
export function bearer(authorization: string | undefined): { token?: string } {
  if (authorization === undefined) return {};
  return { token: /^Bearer ([0-9a-f]{16,80})$/.exec(authorization)?.[1] ?? '' };
}
