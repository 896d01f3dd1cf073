import { logAs } from '@libs/audit';
import type { ConsentGranted, InboxSettings, PassGranted, VisitorSent, VisitorSynced } from '@libs/contracts';
import { Access, sendPanelPage } from '@libs/http';
import { Body, Controller, Get, Header, Headers, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InboxDirectory, publicSettings } from '../inboxes/inbox-directory.js';
import { ConsentSlips } from './consent-slips.js';
import { doorErrors, EmbedPasses } from './embed-passes.js';
import { PANEL, type PanelFile } from './panel-file.js';
import type { VisitorSession } from './visitor-session.js';
import { ConsentBody, PassBody, VisitorSendBody, VisitorSyncQuery } from './widget.dto.js';
import { addressKey, WidgetDoor } from './widget-door.js';

const OPEN = 'a visitor has no account; the inbox key, the origin and the embed pass are checked';

/** What the loader and the panel fetch. Nothing here stores anything about a person who only looks (design 6). */
@Controller('api/v1/chat/widget')
export class WidgetController {
  constructor(
    private readonly inboxes: InboxDirectory,
    private readonly passes: EmbedPasses,
    private readonly slips: ConsentSlips,
    private readonly door: WidgetDoor,
  ) {}

  /** An embed pass for the page that asks, if its origin is one of the inbox's (F-0303). */
  @Post('passes')
  @Access.public(OPEN)
  async pass(@Body() { inbox: key }: PassBody, @Headers('origin') origin: string | undefined): Promise<PassGranted> {
    const inbox = await this.inboxes.find(key);
    if (!inbox) throw doorErrors.unknownInbox();
    return this.passes.grant(inbox, origin);
  }

  /** Agreeing to the notice: answers a signed slip, stores nothing (P-0101). */
  @Post('consents')
  @Access.public(OPEN)
  async consent(@Body() body: ConsentBody): Promise<ConsentGranted> {
    const inbox = await this.inboxes.find(body.inbox);
    if (!inbox) throw doorErrors.unknownInbox();
    await this.passes.check(inbox, body.pass);
    return this.slips.issue(inbox, body);
  }

  /** A message where the socket is blocked: the same write set and sender numbers (F-0304). */
  @Post('messages')
  @HttpCode(200)
  @Access.public(OPEN)
  async send(
    @Body() body: VisitorSendBody,
    @Headers('authorization') authorization: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<VisitorSent> {
    const { inbox, pass, ...packet } = body;
    const opened = await this.door.connect({ inbox, pass, ...bearer(authorization) });
    const address = addressKey(opened, request.ip);
    // No connection to count by: the conversation, or the address until there is one.
    const id = opened.visitor?.conversationId ?? `${address} http`;
    const session = { ...opened, id, correlationId: String(request.id) };
    const sent = await this.door.send(session, packet, address);
    logVisitor(request, session);
    return sent;
  }

  /** Everything after `after` of my stream, for a client that polls (F-0310). */
  @Get('messages')
  @Header('cache-control', 'no-store')
  @Access.public(OPEN)
  async sync(
    @Query() query: VisitorSyncQuery,
    @Headers('authorization') authorization: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<VisitorSynced> {
    const { token } = bearer(authorization);
    const session = await this.door.returning(query.inbox, token);
    logVisitor(request, session);
    const packet =
      query.limit === undefined ? { after: query.after ?? 0 } : { after: query.after ?? 0, limit: query.limit };
    return this.door.sync(session, packet, addressKey(session, request.ip));
  }
}

/** The page inside the frame and the public settings: the same for every visitor. */
@Controller('widget')
export class PanelController {
  constructor(
    private readonly inboxes: InboxDirectory,
    @Inject(PANEL) private readonly panel: PanelFile,
  ) {}

  /** Settings of an inbox: static, cacheable, no visitor in it. */
  @Get('inboxes/:file')
  @Header('cache-control', 'public, max-age=60')
  @Header('access-control-allow-origin', '*')
  @Header('cross-origin-resource-policy', 'cross-origin')
  @Access.public('the same file for everybody; holds nothing about a person')
  async settings(@Param('file') file: string): Promise<InboxSettings> {
    const inbox = file.endsWith('.json') ? await this.inboxes.find(file.slice(0, -'.json'.length)) : undefined;
    if (!inbox) throw doorErrors.unknownInbox();
    return publicSettings(inbox);
  }

  /** The panel's page; only the inbox's own origins may put it into a frame. */
  @Get('panel/:key')
  @Access.public('a page without data; what it may do is decided by the embed pass')
  async page(@Param('key') key: string, @Res() reply: FastifyReply): Promise<void> {
    const inbox = await this.inboxes.find(key);
    if (!inbox) throw doorErrors.unknownInbox();
    const { html, publicOrigin } = this.panel;
    await sendPanelPage(reply, { html, origins: inbox.origins, publicOrigin });
  }
}

/** The network log has a row for a request of a visitor who has written, and none before (design 5, F-1406). */
export function logVisitor(request: FastifyRequest, { inbox, visitor }: VisitorSession): void {
  if (visitor) logAs(request, { tenantId: inbox.tenantId, subjectId: visitor.subjectId });
}

/** A header that holds no token is an invalid token, never none: it must not turn its bearer into a new person. */
export function bearer(authorization: string | undefined): { token?: string } {
  if (authorization === undefined) return {};
  return { token: /^Bearer ([0-9a-f]{16,80})$/.exec(authorization)?.[1] ?? '' };
}
