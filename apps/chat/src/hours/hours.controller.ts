import type { HoursDetail, HoursList } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal, Ref } from '@libs/http';
import { currentTenant } from '@libs/tenancy';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import type { InboxEditor } from '../inboxes/inbox-changes.js';
import { HoursActBody, HoursBody, HoursEditBody } from './hours.dto.js';
import { HoursService } from './hours.service.js';

/** When the business answers (服务时间). Every change names the version that its author saw. */
@Controller('api/v1/chat/hours')
@Access('inboxes:manage')
export class HoursController {
  constructor(private readonly hours: HoursService) {}

  /** Business hours of the workspace. */
  @Get()
  async list(@Caller() { tenantId }: MemberPrincipal): Promise<HoursList> {
    return { items: await this.hours.list(tenantId) };
  }

  /** The first ones count for all inboxes that chose none. */
  @Post()
  create(@Caller() caller: MemberPrincipal, @Body() body: HoursBody): Promise<HoursDetail> {
    return this.hours.create(editorOf(caller), body);
  }

  /**
   * Changes the version that was seen: 409 `chat.hours-changed`, `chat.hours-name-taken`; 404 `chat.hours-not-found`;
   * 422 with every field that is wrong.
   */
  @Put(':id')
  edit(
    @Caller() caller: MemberPrincipal,
    @Param('id') @Ref('hours') id: string,
    @Body() body: HoursEditBody,
  ): Promise<HoursDetail> {
    return this.hours.edit(editorOf(caller), id, body);
  }

  /** The hours that an inbox goes by when it names none. 404 `chat.hours-not-found`, 409 `chat.hours-changed`. */
  @Post(':id/default')
  @HttpCode(200)
  makeDefault(
    @Caller() caller: MemberPrincipal,
    @Param('id') @Ref('hours') id: string,
    @Body() body: HoursActBody,
  ): Promise<HoursDetail> {
    return this.hours.makeDefault(editorOf(caller), id, body);
  }

  /** 409 `chat.hours-in-use` while inboxes go by them. */
  @Delete(':id')
  @HttpCode(204)
  remove(
    @Caller() caller: MemberPrincipal,
    @Param('id') @Ref('hours') id: string,
    @Body() body: HoursActBody,
  ): Promise<void> {
    return this.hours.remove(editorOf(caller), id, body);
  }
}

function editorOf({ tenantId, memberId }: MemberPrincipal): InboxEditor {
  return { tenantId, memberId, correlationId: currentTenant().correlationId };
}
