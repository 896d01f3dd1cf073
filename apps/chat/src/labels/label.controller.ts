import type { ConversationLabels, Label, LabelList, LabelUse } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { currentTenant } from '@libs/tenancy';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { askerOf } from '../conversations/conversation.controller.js';
import { ConversationLabelService } from './conversation-labels.js';
import { ConversationLabelParams, LabelCreateBody, LabelEditBody, LabelParams } from './label.dto.js';
import { type LabelEditor, LabelService } from './label.service.js';

/** Labels of the workspace. */
@Controller('api/v1/chat/labels')
export class LabelController {
  constructor(private readonly labels: LabelService) {}

  /** All of them, in their order (F-0301). */
  @Get()
  @Access('conversations:read')
  async all(): Promise<LabelList> {
    return { items: await this.labels.all() };
  }

  /** 409 `chat.label-exists` where there is one of that name. */
  @Post()
  @Access('labels:manage')
  create(@Caller() caller: MemberPrincipal, @Body() body: LabelCreateBody): Promise<Label> {
    return this.labels.create(editorOf(caller), body);
  }

  /** What deleting it takes away. */
  @Get(':id/use')
  @Access('labels:manage')
  use(@Param() { id }: LabelParams): Promise<LabelUse> {
    return this.labels.use(id);
  }

  /** Another name or colour, or set aside and back. 404 `chat.label-not-found`, 409 `chat.label-exists`. */
  @Patch(':id')
  @Access('labels:manage')
  edit(@Caller() caller: MemberPrincipal, @Param() { id }: LabelParams, @Body() body: LabelEditBody): Promise<Label> {
    return this.labels.edit(editorOf(caller), id, body);
  }

  /** Conversations that had it have it no longer. */
  @Delete(':id')
  @HttpCode(204)
  @Access('labels:manage')
  delete(@Caller() caller: MemberPrincipal, @Param() { id }: LabelParams): Promise<void> {
    return this.labels.delete(editorOf(caller), id);
  }
}

/** Labels of one conversation. */
@Controller('api/v1/chat/conversations/:id/labels')
@Access('conversations:reply')
export class ConversationLabelController {
  constructor(private readonly labels: ConversationLabelService) {}

  /** Puts it on. */
  @Put(':labelId')
  put(
    @Caller() caller: MemberPrincipal,
    @Param() { id, labelId }: ConversationLabelParams,
  ): Promise<ConversationLabels> {
    return this.labels.set(askerOf(caller), id, labelId, true);
  }

  /** Takes it off. */
  @Delete(':labelId')
  take(
    @Caller() caller: MemberPrincipal,
    @Param() { id, labelId }: ConversationLabelParams,
  ): Promise<ConversationLabels> {
    return this.labels.set(askerOf(caller), id, labelId, false);
  }
}

function editorOf({ tenantId, memberId }: MemberPrincipal): LabelEditor {
  return { tenantId, memberId, correlationId: currentTenant().correlationId };
}
