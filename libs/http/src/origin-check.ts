import { UserError } from '@libs/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Name of the cookie that holds a member's session. */
export const SESSION_COOKIE = '__Host-custodia-session';

/** An endpoint that pages of other origins may call, without cookies. */
export interface CrossOriginRule {
  /** Exact path. */
  readonly path: string;
  readonly methods: readonly string[];
  allow(origin: string, request: FastifyRequest): boolean | Promise<boolean>;
}

const CHANGES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Refuses a change that carries the session cookie but does not come from a page of ours. */
export function refuseForeignOrigin(request: FastifyRequest, publicOrigin: string): void {
  if (CHANGES.has(request.method) && isForeignWithCookie(request.headers, publicOrigin)) throw foreignOrigin();
}

/** True when a request carries the session cookie and its `Origin` is absent or not ours. */
export function isForeignWithCookie(
  headers: { readonly cookie?: string | undefined; readonly origin?: string | undefined },
  publicOrigin: string,
): boolean {
  return hasCookie(headers.cookie) && headers.origin !== publicOrigin;
}

function hasCookie(header: string | undefined): boolean {
  return header?.split(';').some((pair) => pair.trimStart().startsWith(`${SESSION_COOKIE}=`)) ?? false;
}

/** Answers preflights and opens exactly the endpoints that are listed; true when the answer has been sent. */
export async function applyCrossOrigin(
  request: FastifyRequest,
  reply: FastifyReply,
  rules: readonly CrossOriginRule[],
): Promise<boolean> {
  const { origin } = request.headers;
  const path = request.url.split('?')[0];
  const rule = rules.find((candidate) => candidate.path === path);
  if (rule === undefined) return false;
  void reply.header('vary', 'Origin');
  if (origin === undefined) return false;
  const isPreflight = request.method === 'OPTIONS';
  if (!isPreflight && !rule.methods.includes(request.method)) return false;
  if (!(await rule.allow(origin, request))) throw foreignOrigin();
  void reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': 'x-request-id' });
  if (!isPreflight) return false;
  void reply
    .headers({
      'access-control-allow-methods': rule.methods.join(', '),
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '600',
    })
    .status(204)
    .send();
  return true;
}

function foreignOrigin(): UserError {
  return new UserError('http.foreign-origin', 'This request comes from another origin.', { status: 403 });
}
