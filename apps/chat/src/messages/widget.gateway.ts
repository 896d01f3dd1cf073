import {
  type DeliveryCursor,
  type VisitorSend,
  type VisitorSync,
  WIDGET_NAMESPACE,
  type WidgetServerPackets,
} from '@libs/contracts';
import { LOG } from '@libs/http';
import { newId } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { Inject } from '@nestjs/common';
import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { Namespace, Socket } from 'socket.io';
import { PresenceService } from '../presence/presence.service.js';
import { StreamEmitter } from '../stream/stream-emitter.js';
import type { VisitorSession } from '../widget-sessions/visitor-session.js';
import { addressKey, WidgetDoor } from '../widget-sessions/widget-door.js';
import { bindPackets, isBoolean, isNumber, isString, optional, type PacketRule } from './packet-door.js';
import { listenerOf } from './socket-listener.js';
import { VisitorNews } from './visitor-news.js';
import { WidgetEntrance } from './widget-entrance.js';

/** Typing signs and cursors of one socket; a client that keeps the protocol sends about one. */
const SIGNS_PER_SECOND = 10;

/** The visitor's socket (docs/widget-protocol.md). Same services as the HTTP door. */
@WebSocketGateway({ namespace: WIDGET_NAMESPACE })
export class WidgetGateway implements OnGatewayInit<Namespace> {
  constructor(
    private readonly door: WidgetDoor,
    private readonly emitter: StreamEmitter,
    private readonly presence: PresenceService,
    private readonly news: VisitorNews,
    private readonly entrance: WidgetEntrance,
    @Inject(LOG) private readonly log: Log,
  ) {}

  afterInit(namespace: Namespace): void {
    this.entrance.attach(namespace);
    namespace.on('connection', (socket) => this.serve(socket));
    this.news.attach(namespace);
  }

  private serve(socket: Socket): void {
    const { session } = socket.data as { session: VisitorSession };
    session.correlationId = newId();
    const listener = listenerOf<WidgetServerPackets>(socket);
    session.listener = listener;
    let leave: (() => void) | undefined;
    const join = (): void => {
      if (leave || !session.visitor || socket.disconnected) return;
      const { conversationId } = session.visitor;
      leave = this.emitter.addVisitor(conversationId, listener);
      this.entrance.known(socket, session);
    };
    const address = addressKey(session, socket.handshake.address);
    const rules: Record<string, PacketRule> = {
      'message:send': {
        shape: { sender: isString, number: isNumber, text: isString, slip: optional(isString) },
        answered: true,
        enqueue: (packet: VisitorSend, done) =>
          this.door.enqueue(session, packet, address, (error, sent) => {
            if (!leave) {
              join();
              this.news.joined(session, listener);
            }
            done(error, sent);
          }),
      },
      sync: {
        shape: { after: isNumber, limit: optional(isNumber) },
        answered: true,
        handle: (packet: VisitorSync) => this.door.sync(session, packet, address),
      },
      typing: {
        shape: { typing: isBoolean },
        perSecond: SIGNS_PER_SECOND,
        handle: (packet: { typing: boolean }) => {
          this.door.sign(session, address);
          return this.presence.visitorTypes(session, packet.typing);
        },
      },
      cursor: {
        shape: { delivered: isNumber, read: isNumber },
        perSecond: SIGNS_PER_SECOND,
        handle: (packet: DeliveryCursor) => {
          this.door.sign(session, address);
          return this.presence.visitorRead(session, packet);
        },
      },
    };
    bindPackets(socket, rules, this.log);
    socket.on('disconnect', () => {
      leave?.();
      this.door.leave(session);
    });
    join();
    if (session.visitor) {
      void this.presence.greet(session, listener);
      this.news.arrived(session);
    }
  }
}
