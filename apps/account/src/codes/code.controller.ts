import { CodeSignIn, CookieAuthenticator, OneTimeCodes } from '@libs/auth';
import type { CodeSent, SignInAnswer } from '@libs/contracts';
import { Access, type MemberPrincipal } from '@libs/http';
import { UserError } from '@libs/kernel';
import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OwnLogin } from '../security/own-login.js';
import { SessionDoor } from '../sign-in/session-door.js';
import { CodeRequestBody, CodeSignInBody } from './code.dto.js';

/** Codes by text message, and signing in with one (F-0102, F-0106). */
@Controller('api/v1/account')
export class CodeController {
  constructor(
    private readonly codes: OneTimeCodes,
    private readonly signIns: CodeSignIn,
    private readonly authenticator: CookieAuthenticator,
    private readonly own: OwnLogin,
    private readonly door: SessionDoor,
  ) {}

  /** 202 with the same answer whether or not there is an account; two purposes are for who is signed in. */
  @Post('codes')
  @HttpCode(202)
  @Access.public('before sign-in nobody is known; limits per number, address and installation, and one answer for all')
  async send(@Body() { purpose: use, mobile }: CodeRequestBody, @Req() request: FastifyRequest): Promise<CodeSent> {
    const wish = { use, address: request.ip, correlationId: request.id };
    const isForMembers = use === 'identity-check' || use === 'change-mobile';
    const caller = isForMembers ? await this.callerOf(request) : undefined;
    if (caller && use === 'identity-check') {
      const { id: loginId } = await this.own.of(caller);
      return this.codes.sendOwn({ ...wish, loginId });
    }
    return this.codes.send({ ...wish, mobile: mobile ?? '' });
  }

  /** In place of the password; what follows is the same. */
  @Post('sign-in/code')
  @HttpCode(200)
  @Access.public('the door itself; a code works once and five tries end it, failures are counted and locked')
  async signIn(
    @Body() body: CodeSignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInAnswer> {
    const result = await this.signIns.signIn({ ...body, ...this.door.placeOf(request) });
    return this.door.answer(result, request, reply);
  }

  private async callerOf({ headers }: FastifyRequest): Promise<MemberPrincipal> {
    const caller = await this.authenticator.memberOf(headers.cookie);
    if (!caller) throw new UserError('http.sign-in-required', 'Please sign in.', { status: 401 });
    return caller;
  }
}
