import { MemberChanges, MemberDirectory } from '@libs/auth';
import type { MemberPage, MemberSummary } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { UserError } from '@libs/kernel';
import { currentTenant } from '@libs/tenancy';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { MemberDisableBody, MemberParams, MemberQuery, MemberRoleBody, MemberVersionBody } from './member.dto.js';

/** The members of the workspace, for owners and admins (F-0201, F-0208). */
@Controller('api/v1/account/members')
@Access('members:manage')
export class MemberController {
  constructor(
    private readonly directory: MemberDirectory,
    private readonly changes: MemberChanges,
  ) {}

  /** Members and open invitations, oldest first. */
  @Get()
  async list(@Caller() { tenantId }: MemberPrincipal, @Query() { cursor, limit }: MemberQuery): Promise<MemberPage> {
    const [page, total] = await Promise.all([
      this.directory.page(tenantId, cursor, limit),
      this.directory.count(tenantId),
    ]);
    return { ...page, total };
  }

  /** 409 `account.last-owner`, `account.edit-conflict`; 403 `account.owner-only`, `account.own-role`. */
  @Patch(':id')
  async setRole(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: MemberParams,
    @Body() { role, version }: MemberRoleBody,
  ): Promise<MemberSummary> {
    await this.changes.setRole(actingOf(caller), id, { role, version });
    return this.find(caller, id);
  }

  /** Ends the member's sessions at once and hands over open work; may be repeated. */
  @Post(':id/disable')
  @HttpCode(200)
  async disable(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: MemberParams,
    @Body() { version, handOverTo }: MemberDisableBody,
  ): Promise<MemberSummary> {
    await this.changes.disable(actingOf(caller), id, { version, ...(handOverTo === undefined ? {} : { handOverTo }) });
    return this.find(caller, id);
  }

  /**
   * Lets a disabled member in again; old sessions stay ended (F-0209). 404 `account.member-not-found`, 409
   * `account.edit-conflict`.
   */
  @Post(':id/enable')
  @HttpCode(200)
  async enable(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: MemberParams,
    @Body() { version }: MemberVersionBody,
  ): Promise<MemberSummary> {
    await this.changes.enable(actingOf(caller), id, { version });
    return this.find(caller, id);
  }

  private async find({ tenantId }: MemberPrincipal, id: string): Promise<MemberSummary> {
    const member = await this.directory.find(tenantId, id);
    if (!member) throw new UserError('account.member-not-found', 'There is no such member.', { status: 404 });
    return member;
  }
}

function actingOf({ tenantId, memberId }: MemberPrincipal) {
  return { tenantId, memberId, correlationId: currentTenant().correlationId };
}
