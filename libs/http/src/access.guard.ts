import { UserError } from '@libs/kernel';
import { type CanActivate, type ExecutionContext, Inject, Injectable, Optional } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ACCESS, type AccessRule } from './access.js';
import { AUTHENTICATOR, type Authenticator, type Principal, setCaller } from './caller.js';
import { requirePermission } from './permission.js';

/** Default deny: lets a request through only if the endpoint declares who may call it and the caller is that. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Optional() @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator | null,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Gateways check the pass or session at connect and each packet by themselves.
    if (context.getType() !== 'http') return true;
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === undefined) {
      throw new UserError('http.undeclared-access', 'This endpoint may not be called.', { status: 403 });
    }
    if (rule.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal = (await this.authenticator?.authenticate(request)) ?? null;
    if (principal === null) throw notKnown(rule);
    refuseUnlessAllowed(rule, principal);
    setCaller(request, principal);
    return true;
  }
}

function refuseUnlessAllowed(rule: Exclude<AccessRule, { kind: 'public' }>, principal: Principal): void {
  const wanted = rule.kind === 'visitor' ? 'visitor' : 'member';
  if (principal.kind !== wanted) {
    throw new UserError('http.wrong-caller', `Only a ${wanted} may call this.`, { status: 403 });
  }
  if (rule.kind !== 'permission' || principal.kind !== 'member') return;
  requirePermission(principal, rule.permission);
}

function notKnown(rule: AccessRule): UserError {
  return rule.kind === 'visitor'
    ? new UserError('http.pass-required', 'The pass is absent or no longer valid.', { status: 401 })
    : new UserError('http.sign-in-required', 'Please sign in.', { status: 401 });
}
