import type { PersonalChoices } from '@libs/contracts';
import { Access } from '@libs/http';
import { Body, Controller, Get, Headers, HttpCode, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bearer, logVisitor } from '../widget-sessions/visitor-request.js';
import { WidgetDoor } from '../widget-sessions/widget-door.js';
import { ChoiceBody, ChoicesQuery, InboxQuery, WithdrawAllBody } from './choice.dto.js';
import { type Chooser, PersonalChoicesService } from './personal-choices.service.js';

const TOKEN = 'a visitor has no account; the visitor token says whose choices these are';

/** What a person agreed to, for that person: also while nothing else may be read or written (P-0109, P-0110). */
@Controller('api/v1/chat/widget/choices')
export class ChoicesController {
  constructor(
    private readonly door: WidgetDoor,
    private readonly choices: PersonalChoicesService,
  ) {}

  /** Each consent and permission with its text and how it stands (F-1501). */
  @Get()
  @Access.public(TOKEN)
  async list(
    @Query() { inbox, locale }: ChoicesQuery,
    @Headers('authorization') authorization: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<PersonalChoices> {
    return this.choices.list(await this.chooser(inbox, authorization, request), locale);
  }

  /** One act about one scope (P-0102, P-0105). */
  @Post()
  @HttpCode(200)
  @Access.public(TOKEN)
  async decide(
    @Query() { inbox }: InboxQuery,
    @Body() body: ChoiceBody,
    @Headers('authorization') authorization: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<PersonalChoices> {
    return this.choices.decide(await this.chooser(inbox, authorization, request), body);
  }

  /** Everything in one step (F-1606). */
  @Post('withdraw-all')
  @HttpCode(200)
  @Access.public(TOKEN)
  async withdrawAll(
    @Query() { inbox }: InboxQuery,
    @Body() { locale, screen }: WithdrawAllBody,
    @Headers('authorization') authorization: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<PersonalChoices> {
    return this.choices.withdrawAll(await this.chooser(inbox, authorization, request), locale, screen);
  }

  private async chooser(inbox: string, authorization: string | undefined, request: FastifyRequest): Promise<Chooser> {
    const session = await this.door.person(inbox, bearer(authorization).token, request.ip);
    logVisitor(request, session);
    return { inbox: session.inbox, visitor: session.visitor, correlationId: String(request.id) };
  }
}
