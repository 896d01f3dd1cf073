import type {
  AgentSent,
  ConversationPage,
  ConversationSummary,
  ItemPage,
  ListCounts,
  RevealedMessage,
} from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { currentTenant } from '@libs/tenancy';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ConversationParams,
  ItemsQuery,
  MessageParams,
  MessageRevealBody,
  NoteBody,
  SendBody,
} from './conversation.dto.js';
import { type Asker, ConversationService } from './conversation.service.js';
import { ConversationList } from './conversation-list.js';
import { ConversationReads } from './conversation-reads.js';
import { ListQuery, PeopleSearchBody, wishOf, wishOfPeople } from './list.dto.js';
import { MessageRevealing } from './message-revealing.js';
import { scopeOf } from './read-scope.js';

/** Conversations for the console. No logic: scope and rules lie in the service. */
@Controller('api/v1/chat/conversations')
export class ConversationController {
  constructor(
    private readonly conversations: ConversationService,
    private readonly reads: ConversationReads,
    private readonly rows: ConversationList,
    private readonly revealing: MessageRevealing,
  ) {}

  /** A page of the list in the order that was asked for (F-0301). */
  @Get()
  @Access('conversations:read')
  list(@Caller() caller: MemberPrincipal, @Query() query: ListQuery): Promise<ConversationPage> {
    return this.rows.page(askerOf(caller), wishOf(query), query.cursor, query.limit);
  }

  /**
   * Conversations of people whom a search of contacts has found, newest first (F-0301). Who is out of reach is left out,
   * 404 where that leaves none.
   */
  @Post('searches')
  @HttpCode(200)
  @Access('conversations:read')
  search(@Caller() caller: MemberPrincipal, @Body() body: PeopleSearchBody): Promise<ConversationPage> {
    return this.rows.page(askerOf(caller), wishOfPeople(body), body.cursor, body.limit);
  }

  /** How many there are in each view. */
  @Get('counts')
  @Access('conversations:read')
  counts(@Caller() caller: MemberPrincipal): Promise<ListCounts> {
    return this.rows.counts(askerOf(caller));
  }

  /** One row of the list. */
  @Get(':id')
  @Access('conversations:read')
  find(@Caller() caller: MemberPrincipal, @Param() { id }: ConversationParams): Promise<ConversationSummary> {
    return this.rows.row(askerOf(caller), id);
  }

  /** History, a page at a time, newest last (F-0310, F-0312); 422 `chat.cursor-invalid` for a cursor of another one. */
  @Get(':id/items')
  @Access('conversations:read')
  items(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: ConversationParams,
    @Query() { before, limit }: ItemsQuery,
  ): Promise<ItemPage> {
    return this.reads.items(askerOf(caller), id, before, limit);
  }

  /** Shows a visitor's message with its card numbers for a minute; 429 `privacy.reveal-limit` (P-1004, P-0401). */
  @Post(':id/messages/:seq/reveals')
  @HttpCode(200)
  @Access('personal:reveal-sensitive')
  reveal(
    @Caller() caller: MemberPrincipal,
    @Param() { id, seq }: MessageParams,
    @Body() body: MessageRevealBody,
  ): Promise<RevealedMessage> {
    return this.revealing.reveal(askerOf(caller), id, seq, body);
  }

  /** Makes the caller the assignee; 409 `chat.already-taken` when another was quicker. */
  @Post(':id/take')
  @HttpCode(200)
  @Access('conversations:reply')
  take(@Caller() caller: MemberPrincipal, @Param() { id }: ConversationParams): Promise<AgentSent> {
    return this.conversations.change(askerOf(caller), 'take', id);
  }

  /** Marks the conversation as done; an entry of its stream. 404 where one does not reach it. */
  @Post(':id/resolve')
  @HttpCode(200)
  @Access('conversations:reply')
  resolve(@Caller() caller: MemberPrincipal, @Param() { id }: ConversationParams): Promise<AgentSent> {
    return this.conversations.change(askerOf(caller), 'resolve', id);
  }

  /** Takes a resolved conversation up again; an entry of its stream. 404 where one does not reach it. */
  @Post(':id/reopen')
  @HttpCode(200)
  @Access('conversations:reply')
  reopen(@Caller() caller: MemberPrincipal, @Param() { id }: ConversationParams): Promise<AgentSent> {
    return this.conversations.change(askerOf(caller), 'reopen', id);
  }

  /** A public reply where the socket is blocked (F-0304). */
  @Post(':id/messages')
  @HttpCode(200)
  @Access('conversations:reply')
  reply(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: ConversationParams,
    @Body() body: SendBody,
  ): Promise<AgentSent> {
    return this.conversations.send(askerOf(caller), 'message', { ...body, conversationId: id });
  }

  /** An internal note; no visitor's door shows it or its number. */
  @Post(':id/notes')
  @HttpCode(200)
  @Access('conversations:reply')
  note(
    @Caller() caller: MemberPrincipal,
    @Param() { id }: ConversationParams,
    @Body() body: NoteBody,
  ): Promise<AgentSent> {
    return this.conversations.send(askerOf(caller), 'note', { ...body, conversationId: id });
  }
}

/** The caller as services know them. */
export function askerOf(caller: MemberPrincipal): Asker {
  const { tenantId, memberId, role } = caller;
  return { tenantId, memberId, role, scope: scopeOf(caller), correlationId: currentTenant().correlationId };
}
