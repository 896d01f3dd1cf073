import type { PendingStep } from '@libs/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** A signed-in member of a tenant. */
export interface MemberPrincipal {
  readonly kind: 'member';
  readonly tenantId: string;
  readonly memberId: string;
  /** Id of the agent session, so that it can be ended. */
  readonly sessionId: string;
  readonly role: string;
  readonly permissions: ReadonlySet<string>;
  /** Steps that the session owes; while there are any it has no permission at all. */
  readonly pending?: readonly PendingStep[];
  readonly subjectId?: string;
}

/** A visitor with an embed pass or a visitor token. */
export interface VisitorPrincipal {
  readonly kind: 'visitor';
  readonly tenantId: string;
  readonly inboxId: string;
  /** Id of the acting party in the journal. */
  readonly visitorId: string;
  readonly subjectId?: string;
}

/** Who calls. */
export type Principal = MemberPrincipal | VisitorPrincipal;

/** Finds out who calls: from a cookie, a pass or a token. Null means nobody known; it never throws for bad credentials. */
export interface Authenticator {
  /** `use: false`: asked by ourselves, so it puts no idle session's end off. */
  authenticate(request: FastifyRequest, asked?: { readonly use: boolean }): Promise<Principal | null>;
}

/** Token under which the composition root binds the `Authenticator`. */
export const AUTHENTICATOR = Symbol('AUTHENTICATOR');

/** What a handler runs in: tenant, actor and correlation of everything it causes. */
export interface RequestContext {
  readonly tenantId: string;
  readonly actor: { readonly kind: 'visitor' | 'agent' | 'system' | 'member'; readonly id: string };
  readonly subjectId?: string;
  readonly correlationId: string;
  readonly purpose?: string;
}

/** Runs a function, and all that it awaits, inside a context. */
export type ContextRunner = <T>(context: RequestContext, fn: () => T) => T;

/** Token under which the composition root binds the `ContextRunner`. */
export const CONTEXT_RUNNER = Symbol('CONTEXT_RUNNER');

const callers = new WeakMap<FastifyRequest, Principal>();

/** Remembers who calls, for as long as the request lives. */
export function setCaller(request: FastifyRequest, principal: Principal): void {
  callers.set(request, principal);
}

/** Who calls; undefined on public routes. */
export function callerOf(request: FastifyRequest): Principal | undefined {
  return callers.get(request);
}

/** Parameter decorator: the principal of the request. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** The context that a request of this caller runs in. */
export function contextOf(principal: Principal, requestId: string): RequestContext {
  const actor =
    principal.kind === 'member'
      ? { kind: 'member' as const, id: principal.memberId }
      : { kind: 'visitor' as const, id: principal.visitorId };
  const subject = principal.subjectId === undefined ? {} : { subjectId: principal.subjectId };
  return { tenantId: principal.tenantId, actor, correlationId: requestId, ...subject };
}
