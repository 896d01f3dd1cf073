import { LoginWorkspaces } from '@libs/auth';
import type { SignInAnswer, Workspaces } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal, Ref } from '@libs/http';
import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionDoor } from '../sign-in/session-door.js';

/** Which workspace to go on in. */
export class SwitchBody {
  @Ref('tenant') tenantId: string;
}

/** Where the caller works, and going from one to another (F-0209). */
@Controller('api/v1/account/workspaces')
export class WorkspacesController {
  constructor(
    private readonly workspaces: LoginWorkspaces,
    private readonly door: SessionDoor,
  ) {}

  /** Workspaces in which this login is a member (F-0209). */
  @Get()
  @Access.member()
  list(@Caller() caller: MemberPrincipal): Promise<Workspaces> {
    return this.workspaces.list(caller);
  }

  /** A new session there replaces the one here; 403 `account.no-workspace` for any other. */
  @Post('switch')
  @HttpCode(200)
  @Access.member()
  async switch(
    @Caller() caller: MemberPrincipal,
    @Body() { tenantId }: SwitchBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInAnswer> {
    const result = await this.workspaces.enter(caller, { ...this.door.placeOf(request), tenantId });
    return this.door.answer(result, request, reply);
  }
}
