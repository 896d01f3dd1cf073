import { agreementTexts, SignUpService, signUpClosed } from '@libs/auth';
import type { Config } from '@libs/config';
import type { AgreementTexts, SignInAnswer } from '@libs/contracts';
import { Access, CONFIG } from '@libs/http';
import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionDoor } from '../sign-in/session-door.js';
import { AgreementsQuery, SignUpBody } from './sign-up.dto.js';

/** Opening a workspace (F-0101). */
@Controller('api/v1/account')
export class SignUpController {
  constructor(
    private readonly signUps: SignUpService,
    private readonly door: SessionDoor,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What is to be agreed to; its hash goes back with the sign-up. */
  @Get('agreements')
  @Access.public('texts for everybody who may become a member')
  agreements(@Query() { locale }: AgreementsQuery): AgreementTexts {
    return agreementTexts(locale ?? 'zh-CN');
  }

  /** The workspace with its owner, both or neither; answers like sign-in. */
  @Post('sign-up')
  @HttpCode(200)
  @Access.public('strangers become owners here; limited by address and in all, and the operator can close it')
  async signUp(
    @Body() body: SignUpBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInAnswer> {
    if (!this.config.accounts.signUp) throw signUpClosed();
    const result = await this.signUps.signUp(body, this.door.placeOf(request));
    return this.door.answer(result, request, reply);
  }
}
