import { TeamChanges, TeamDirectory } from '@libs/auth';
import type { TeamList, TeamSummary } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { UserError } from '@libs/kernel';
import { currentTenant } from '@libs/tenancy';
import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { TeamActBody, TeamCreateBody, TeamEditBody, TeamParams } from './team.dto.js';

/** Teams: owners and admins set them up, supervisors see them. */
@Controller('api/v1/account/teams')
export class TeamController {
  constructor(
    private readonly directory: TeamDirectory,
    private readonly changes: TeamChanges,
  ) {}

  /** Teams of the workspace with their members. */
  @Get()
  @Access('teams:read')
  async list(@Caller() { tenantId }: MemberPrincipal): Promise<TeamList> {
    return { items: await this.directory.list(tenantId) };
  }

  /** 409 `account.team-name-taken`. */
  @Post()
  @Access('members:manage')
  async create(@Caller() caller: MemberPrincipal, @Body() body: TeamCreateBody): Promise<TeamSummary> {
    return this.find(caller, await this.changes.create(actingOf(caller), body));
  }

  /** 409 `account.edit-conflict` when somebody else was quicker, `account.team-name-taken`. */
  @Patch(':id')
  @Access('members:manage')
  async edit(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: TeamParams,
    @Body() body: TeamEditBody,
  ): Promise<TeamSummary> {
    await this.changes.edit(actingOf(caller), id, body);
    return this.find(caller, id);
  }

  /** Sets it aside: no work goes there any more. */
  @Post(':id/archive')
  @HttpCode(200)
  @Access('members:manage')
  async archive(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: TeamParams,
    @Body() { version }: TeamActBody,
  ): Promise<TeamSummary> {
    await this.changes.archive(actingOf(caller), id, { version, archived: true });
    return this.find(caller, id);
  }

  /** Brings it back with the members it had. */
  @Post(':id/restore')
  @HttpCode(200)
  @Access('members:manage')
  async restore(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: TeamParams,
    @Body() { version }: TeamActBody,
  ): Promise<TeamSummary> {
    await this.changes.archive(actingOf(caller), id, { version, archived: false });
    return this.find(caller, id);
  }

  private async find({ tenantId }: MemberPrincipal, id: string): Promise<TeamSummary> {
    const team = await this.directory.find(tenantId, id);
    if (!team) throw new UserError('account.team-not-found', 'There is no such team.', { status: 404 });
    return team;
  }
}

function actingOf({ tenantId, memberId }: MemberPrincipal) {
  return { tenantId, memberId, correlationId: currentTenant().correlationId };
}
