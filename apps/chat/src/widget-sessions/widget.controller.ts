import type { ConsentGranted, InboxSettings, PassGranted, VisitorSent, VisitorSynced } from '@libs/contracts';
import { Access, sendPanelPage } from '@libs/http';
import { CLOCK, type Clock } from '@libs/kernel';
import {
  Body,
  Controller,
  Get,
  Header,
  Headers,
  HttpCode,
  Inject,
  Ip,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EmbedWatch } from '../first-run/embed-watch.js';
import { BusinessHours } from '../hours/business-hours.js';
import { InboxDirectory, publicSettings } from '../inboxes/inbox-directory.js';
import { LookLeases } from '../live-view/look-leases.js';
import { isRateLimited } from '../messages/rate-limiter.js';
import { QueuePlaces } from '../routing/queue-places.js';
import { ConsentSlips } from './consent-slips.js';
import { DoorLimits } from './door-limits.js';
import { doorErrors, EmbedPasses } from './embed-passes.js';
import { PANEL, type PanelFile } from './panel-file.js';
import { bearer, logVisitor } from './visitor-request.js';
import type { VisitorSession } from './visitor-session.js';
import { ConsentBody, PassBody, VisitorSendBody, VisitorSyncQuery } from './widget.dto.js';
import { addressKey, WidgetDoor } from './widget-door.js';

const OPEN = 'a visitor has no account; the inbox key, the origin and the embed pass are checked';

/** What the loader and the panel fetch. Nothing here stores anything about a person who only looks (design 6). */
@Controller('api/v1/chat/widget')
export class WidgetController {
  constructor(
    private readonly passes: EmbedPasses,
    private readonly slips: ConsentSlips,
    private readonly door: WidgetDoor,
    private readonly embeds: EmbedWatch,
    private readonly places: QueuePlaces,
    private readonly leases: LookLeases,
  ) {}

  /**
   * An embed pass for the page that asks, if its origin is one of the inbox's (F-0303). A page of another site and a key
   * that is none are refused alike: 403 `chat.origin-refused`, so that nobody finds out here which keys there are.
   */
  @Post('passes')
  @Access.public(OPEN)
  async pass(
    @Body() { inbox: key }: PassBody,
    @Headers('origin') origin: string | undefined,
    @Ip() address: string,
  ): Promise<PassGranted> {
    const inbox = await this.door.opening(key, address, doorErrors.foreignOrigin);
    this.embeds.asked(inbox, origin);
    return this.passes.grant(inbox, origin);
  }

  /** Agreeing to the notice: answers a signed slip, stores nothing (P-0101). */
  @Post('consents')
  @Access.public(OPEN)
  async consent(@Body() body: ConsentBody, @Ip() address: string): Promise<ConsentGranted> {
    const inbox = await this.door.opening(body.inbox, address);
    await this.passes.check(inbox, body.pass);
    await this.passes.requireIdentified(inbox, body.pass);
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
    const opened = await this.door.connect({ inbox, pass, ...bearer(authorization) }, request.ip);
    const address = addressKey(opened, request.ip);
    // No connection to count by: the conversation, or the address until there is one.
    const id = opened.visitor?.conversationId ?? `${address} http`;
    const session = { ...opened, id, correlationId: String(request.id) };
    return this.noted(request, session, async () => this.door.send(session, packet, address));
  }

  /** Everything after `after` of my stream, for a client that polls (F-0310). */
  @Get('messages')
  @Access.public(OPEN)
  async sync(
    @Query() query: VisitorSyncQuery,
    @Headers('authorization') authorization: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<VisitorSynced> {
    const { token } = bearer(authorization);
    const session = await this.door.returning(query.inbox, token, request.ip);
    const packet =
      query.limit === undefined ? { after: query.after ?? 0 } : { after: query.after ?? 0, limit: query.limit };
    const page = await this.noted(request, session, async () =>
      this.door.sync(session, packet, addressKey(session, request.ip)),
    );
    const { inbox, visitor } = session;
    if (!visitor) return { ...page, queue: null, watched: false };
    const { tenantId } = inbox;
    const { conversationId } = visitor;
    const queue = await this.places.placeOf(tenantId, inbox.id, conversationId);
    return { ...page, queue, watched: await this.leases.isLookedAt({ tenantId, conversationId }) };
  }

  /** A request of a known person is noted, but of those that were too many only some: no flood of rows. */
  private async noted<T>(request: FastifyRequest, session: VisitorSession, act: () => Promise<T>): Promise<T> {
    try {
      const answer = await act();
      // Only now: a first message has made its sender known.
      logVisitor(request, session);
      return answer;
    } catch (error) {
      if (!isRateLimited(error) || this.door.logsRefusal(session)) logVisitor(request, session);
      throw error;
    }
  }
}

/** The page inside the frame and the public settings: the same for every visitor. */
@Controller('widget')
export class PanelController {
  constructor(
    private readonly inboxes: InboxDirectory,
    private readonly hours: BusinessHours,
    private readonly limits: DoorLimits,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PANEL) private readonly panel: PanelFile,
  ) {}

  /** Settings of an inbox: static, cacheable, no visitor in it. */
  @Get('inboxes/:file')
  @Header('cache-control', 'public, max-age=60')
  @Header('access-control-allow-origin', '*')
  @Header('cross-origin-resource-policy', 'cross-origin')
  @Access.public('the same file for everybody; holds nothing about a person')
  async settings(@Param('file') file: string, @Ip() address: string): Promise<InboxSettings> {
    const key = file.endsWith('.json') ? file.slice(0, -'.json'.length) : '';
    const inbox = await this.inboxes.find(key, address);
    if (!inbox) throw doorErrors.unknownInbox();
    await this.limits.looking(inbox, address);
    const hours = await this.hours.outlook(inbox.tenantId, inbox.id, this.clock.now());
    return { ...publicSettings(inbox), ...(hours ? { hours } : {}) };
  }

  /** The panel's page; only the inbox's own origins may put it into a frame. */
  @Get('panel/:key')
  @Access.public('a page without data; what it may do is decided by the embed pass')
  async page(@Param('key') key: string, @Ip() address: string, @Res() reply: FastifyReply): Promise<void> {
    const inbox = await this.inboxes.find(key, address);
    if (!inbox) throw doorErrors.unknownInbox();
    const { html, publicOrigin } = this.panel;
    await sendPanelPage(reply, { html, origins: inbox.origins, publicOrigin });
  }
}
