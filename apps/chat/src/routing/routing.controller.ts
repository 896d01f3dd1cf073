import type { InboxRouting, MemberCapacities, RoutingSettings } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal, Ref } from '@libs/http';
import { currentTenant } from '@libs/tenancy';
import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import type { InboxEditor } from '../inboxes/inbox-changes.js';
import { CapacityBody, InboxRoutingBody, MemberParams, RoutingSettingsBody } from './routing.dto.js';
import { RoutingSettingsService } from './routing-settings.js';

/** How the inboxes of a workspace give their conversations. */
@Controller('api/v1/chat')
@Access('inboxes:manage')
export class RoutingController {
  constructor(private readonly settings: RoutingSettingsService) {}

  /** How much a member can hold by default, and after how long their work goes back when they are lost. */
  @Get('routing')
  defaults(@Caller() { tenantId }: MemberPrincipal): Promise<RoutingSettings> {
    return this.settings.defaults(tenantId);
  }

  /** Changes the version that was seen: 409 `chat.routing-changed`. */
  @Put('routing')
  setDefaults(@Caller() caller: MemberPrincipal, @Body() body: RoutingSettingsBody): Promise<RoutingSettings> {
    return this.settings.setDefaults(editorOf(caller), body);
  }

  /** How conversations of this inbox are given out, and by which hours; 404 `chat.inbox-not-found`. */
  @Get('inboxes/:id/routing')
  inbox(@Caller() { tenantId }: MemberPrincipal, @Param('id') @Ref('inbox') id: string): Promise<InboxRouting> {
    return this.settings.inbox(tenantId, id);
  }

  /**
   * Changes the version that was seen: 409 `chat.routing-changed`; 404 for an inbox, team or hours that are not there.
   */
  @Put('inboxes/:id/routing')
  setInbox(
    @Caller() caller: MemberPrincipal,
    @Param('id') @Ref('inbox') id: string,
    @Body() body: InboxRoutingBody,
  ): Promise<InboxRouting> {
    const { teamId = null, overflowTeamId = null, hoursId = null, ...rest } = body;
    return this.settings.setInbox(editorOf(caller), id, { ...rest, teamId, overflowTeamId, hoursId });
  }
}

/** How much each member may have. */
@Controller('api/v1/chat/routing/members')
@Access('members:manage')
export class CapacityController {
  constructor(private readonly settings: RoutingSettingsService) {}

  /** How many conversations each member may hold at a time. */
  @Get()
  all(@Caller() { tenantId }: MemberPrincipal): Promise<MemberCapacities> {
    return this.settings.capacities(tenantId);
  }

  /** Sets how many this member may hold; null = as everybody. 404, 422 `chat.member-unable`. */
  @Put(':id')
  async choose(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: MemberParams,
    @Body() { capacity }: CapacityBody,
  ): Promise<MemberCapacities> {
    await this.settings.setCapacity(editorOf(caller), id, capacity);
    return this.settings.capacities(caller.tenantId);
  }
}

function editorOf({ tenantId, memberId }: MemberPrincipal): InboxEditor {
  return { tenantId, memberId, correlationId: currentTenant().correlationId };
}
