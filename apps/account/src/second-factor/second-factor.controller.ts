import { FactorRemoval, type MemberRole, SecondFactorRule, SecondFactors } from '@libs/auth';
import type { RecoveryCodes, SecondFactorOffer, SecondFactorState } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProvenBody } from '../security/identity-proof.dto.js';
import { OwnLogin } from '../security/own-login.js';
import { FactorCodeBody, FactorMemberParams } from './second-factor.dto.js';

/** One's own second factor (P-1008). A session that owes it reaches these. */
@Controller('api/v1/account')
export class SecondFactorController {
  constructor(
    private readonly own: OwnLogin,
    private readonly factors: SecondFactors,
    private readonly rule: SecondFactorRule,
    private readonly removal: FactorRemoval,
  ) {}

  /** Whether one has a second factor, how many recovery codes are left, and whether the role needs it (P-1008). */
  @Get('me/second-factor')
  @Access.member()
  async state(@Caller() caller: MemberPrincipal): Promise<SecondFactorState> {
    const [login, required] = await Promise.all([
      this.own.of(caller),
      this.rule.isRequired(caller.tenantId, caller.role as MemberRole),
    ]);
    return { ...(await this.factors.standing(login.id)), required };
  }

  /** A secret that counts once a code of it was shown. 409 `account.second-factor-exists`. */
  @Post('me/second-factor')
  @HttpCode(200)
  @Access.member()
  async offer(
    @Caller() caller: MemberPrincipal,
    @Body() { proof }: ProvenBody,
    @Req() request: FastifyRequest,
  ): Promise<SecondFactorOffer> {
    return this.factors.offer(await this.own.proven(caller, proof, request));
  }

  /** 401 `account.code-wrong`, `account.code-clock` for the right code of another time. */
  @Post('me/second-factor/confirm')
  @HttpCode(200)
  @Access.member()
  async confirm(
    @Caller() caller: MemberPrincipal,
    @Body() { code }: FactorCodeBody,
    @Req() request: FastifyRequest,
  ): Promise<RecoveryCodes> {
    const login = await this.own.of(caller);
    const actor = { kind: 'member', id: caller.memberId } as const;
    const change = { login, actor, correlationId: request.id, keep: caller.sessionId };
    return { codes: await this.factors.confirm(change, code) };
  }

  /** Removes one’s second factor, after proof that it is oneself (P-1008); refused where the role needs it. */
  @Delete('me/second-factor')
  @HttpCode(204)
  @Access.member()
  async disable(
    @Caller() caller: MemberPrincipal,
    @Body() { proof }: ProvenBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.factors.remove(await this.own.proven(caller, proof, request));
  }

  /** New recovery codes in place of the old ones. */
  @Post('me/second-factor/recovery-codes')
  @HttpCode(200)
  @Access.member()
  async renew(
    @Caller() caller: MemberPrincipal,
    @Body() { proof }: ProvenBody,
    @Req() request: FastifyRequest,
  ): Promise<RecoveryCodes> {
    return { codes: await this.factors.renewCodes(await this.own.proven(caller, proof, request)) };
  }

  /** For somebody who lost it: by an admin who is not the only one; 409 `account.second-admin-required`, `account.login-elsewhere`. */
  @Delete('members/:id/second-factor')
  @HttpCode(204)
  @Access('members:manage')
  removeOf(
    @Caller() { tenantId, memberId }: MemberPrincipal,
    @Param() { id }: FactorMemberParams,
    @Req() { id: correlationId }: FastifyRequest,
  ): Promise<void> {
    return this.removal.byAdmin({ tenantId, memberId, correlationId }, id);
  }
}
