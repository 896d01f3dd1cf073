import type { ListOptions, SavedView, SavedViews } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { currentTenant } from '@libs/tenancy';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ListChecks } from '../conversations/list-checks.js';
import { ViewBody, ViewParams } from './view.dto.js';
import { type ViewKeeper, ViewService } from './view.service.js';

/** Lists that the caller keeps. */
@Controller('api/v1/chat')
@Access('conversations:read')
export class ViewController {
  constructor(
    private readonly views: ViewService,
    private readonly checks: ListChecks,
  ) {}

  /** What a list can be narrowed to. */
  @Get('list-options')
  async options(): Promise<ListOptions> {
    return { inboxes: await this.checks.inboxes() };
  }

  /** The member’s own saved views of the list. */
  @Get('views')
  all(@Caller() caller: MemberPrincipal): Promise<SavedViews> {
    return this.views.all(caller);
  }

  /** At most 30: 409 `chat.too-many-views`. */
  @Post('views')
  create(@Caller() caller: MemberPrincipal, @Body() body: ViewBody): Promise<SavedView> {
    return this.views.create(keeperOf(caller), body);
  }

  /** Another name, filter or order; 404 `chat.view-not-found`. */
  @Put('views/:id')
  replace(@Caller() caller: MemberPrincipal, @Param() { id }: ViewParams, @Body() body: ViewBody): Promise<SavedView> {
    return this.views.replace(keeperOf(caller), id, body);
  }

  /** Removes a saved view; 404 `chat.view-not-found`. */
  @Delete('views/:id')
  @HttpCode(204)
  delete(@Caller() caller: MemberPrincipal, @Param() { id }: ViewParams): Promise<void> {
    return this.views.delete(keeperOf(caller), id);
  }
}

function keeperOf({ tenantId, memberId, subjectId }: MemberPrincipal): ViewKeeper {
  return { tenantId, memberId, subjectId: subjectId!, correlationId: currentTenant().correlationId };
}
