import { type FactorChange, IdentityChecks, type LoginStanding, LoginStandings } from '@libs/auth';
import type { IdentityProof } from '@libs/contracts';
import type { MemberPrincipal } from '@libs/http';
import { UserError } from '@libs/kernel';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** The login of whoever calls. */
@Injectable()
export class OwnLogin {
  constructor(
    private readonly standings: LoginStandings,
    private readonly identity: IdentityChecks,
  ) {}

  async of({ tenantId, memberId }: MemberPrincipal): Promise<LoginStanding> {
    const login = await this.standings.ofMember(tenantId, memberId);
    if (!login) throw new UserError('http.sign-in-required', 'Please sign in.', { status: 401 });
    return login;
  }

  /** The same for a change: refused unless `proof` is right (F-0112). */
  async proven(caller: MemberPrincipal, proof: IdentityProof, request: FastifyRequest): Promise<LoginChangeOf> {
    const login = await this.of(caller);
    await this.identity.check(login, proof, request.ip);
    return { login, actor: { kind: 'member', id: caller.memberId }, correlationId: request.id };
  }
}

/** A change of the caller's own login. */
export interface LoginChangeOf extends FactorChange {
  readonly login: LoginStanding;
}
