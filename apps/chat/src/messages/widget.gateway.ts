import { WIDGET_NAMESPACE, type WidgetServerPackets } from '@libs/contracts';
import { LOG } from '@libs/http';
import { newId } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { Inject } from '@nestjs/common';
import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { Namespace, Socket } from 'socket.io';
import { PresenceService } from '../presence/presence.service.js';
import { StreamEmitter, type VisitorListener } from '../stream/stream-emitter.js';
import type { VisitorSession } from '../widget-sessions/visitor-session.js';
import { addressKey, WidgetDoor } from '../widget-sessions/widget-door.js';
import { bindPackets, type PacketRules } from './packet-door.js';
import { SocketListener } from './socket-listener.js';
import { VisitorNews } from './visitor-news.js';
import { type VisitorLine, type VisitorPorts, visitorPackets } from './visitor-packets.js';
import { WidgetEntrance } from './widget-entrance.js';

/** The visitor's socket (docs/widget-protocol.md). Same services as the HTTP door. */
@WebSocketGateway({ namespace: WIDGET_NAMESPACE })
export class WidgetGateway implements OnGatewayInit<Namespace> {
  private readonly ports: VisitorPorts;
  private readonly rules: PacketRules<VisitorLine>;

  constructor(
    door: WidgetDoor,
    private readonly emitter: StreamEmitter,
    presence: PresenceService,
    news: VisitorNews,
    private readonly entrance: WidgetEntrance,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.ports = { door, presence, news };
    this.rules = visitorPackets(this.ports);
  }

  afterInit(namespace: Namespace): void {
    this.entrance.attach(namespace);
    namespace.on('connection', (socket) => this.serve(socket));
    this.ports.news.attach(namespace);
  }

  private serve(socket: Socket): void {
    const { session } = socket.data as { session: VisitorSession };
    session.correlationId = newId();
    const listener = new SocketListener<WidgetServerPackets>(socket);
    session.listener = listener;
    const line = new Line(socket, session, listener, this.emitter, this.entrance);
    bindPackets(socket, this.rules, line, this.log);
    socket.on('disconnect', () => {
      line.leave();
      this.ports.door.leave(session);
    });
    line.join();
    if (session.visitor) {
      void this.ports.presence.greet(session, listener);
      this.ports.news.arrived(session);
    }
  }
}

/** A class and no closures: thousands of these are idle. */
class Line implements VisitorLine {
  readonly address: string;
  private leaving: (() => void) | undefined;

  constructor(
    private readonly socket: Socket,
    readonly session: VisitorSession,
    readonly listener: VisitorListener,
    private readonly emitter: StreamEmitter,
    private readonly entrance: WidgetEntrance,
  ) {
    this.address = addressKey(session, socket.handshake.address);
  }

  get isIn(): boolean {
    return this.leaving !== undefined;
  }

  join(): void {
    const { visitor } = this.session;
    if (this.isIn || !visitor || this.socket.disconnected) return;
    this.leaving = this.emitter.addVisitor(visitor.conversationId, this.listener);
    this.entrance.known(this.socket, this.session);
  }

  leave(): void {
    this.leaving?.();
  }
}
