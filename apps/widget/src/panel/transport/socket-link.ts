import type { Ack, Typing, VisitorSend, VisitorSent, VisitorSync, VisitorSynced } from '@libs/contracts';
import {
  type DeliveryCursor,
  WIDGET_NAMESPACE,
  type WidgetClientPackets,
  type WidgetServerPackets,
} from '@libs/contracts';
import { io, type Socket } from 'socket.io-client';
import { LineTrust } from './line-trust.js';
import type { Credentials, Link, LinkEvents } from './link.js';
import type { Timers } from './timers.js';

const ANSWER_MS = 10_000;
/** Some networks take the connection and let it starve: what has not opened by then counts as blocked. */
const OPEN_MS = 5_000;
const RECONNECT_MS = 500;
const RECONNECT_MAX_MS = 8_000;

/** Reasons with which the library closes a line because we or the server asked for it. */
const OUR_OWN: ReadonlySet<string> = new Set(['forced close', 'io client disconnect', 'io server disconnect']);

/** The usual way: Socket.IO over WebSocket only. Packets are never buffered here; the outbox alone decides. */
export class SocketLink implements Link {
  private socket: Socket<WidgetServerPackets, WidgetClientPackets> | undefined;
  private readonly trust: LineTrust;
  private turnedDown = 0;
  private cancelAgain: (() => void) | undefined;

  constructor(
    private readonly origin: string,
    private readonly credentials: Credentials,
    private readonly events: LinkEvents,
    private readonly timers: Timers,
  ) {
    this.trust = new LineTrust(events, timers);
  }

  open(): void {
    this.socket ??= this.make();
    this.socket.connect();
  }

  close(): void {
    this.cancelAgain?.();
    this.trust.stop();
    this.socket?.removeAllListeners();
    this.socket?.io.removeAllListeners('open');
    this.socket?.io.removeAllListeners('close');
    this.socket?.disconnect();
    this.socket = undefined;
  }

  async send(packet: VisitorSend): Promise<Ack<VisitorSent>> {
    return this.connected().timeout(ANSWER_MS).emitWithAck('message:send', packet);
  }

  async sync(packet: VisitorSync): Promise<Ack<VisitorSynced>> {
    return this.connected().timeout(ANSWER_MS).emitWithAck('sync', packet);
  }

  typing(packet: Typing): void {
    if (this.socket?.connected) this.socket.emit('typing', packet);
  }

  cursor(packet: DeliveryCursor): void {
    if (this.socket?.connected) this.socket.emit('cursor', packet);
  }

  private connected(): Socket<WidgetServerPackets, WidgetClientPackets> {
    if (!this.socket?.connected) throw new Error('not connected');
    return this.socket;
  }

  private make(): Socket<WidgetServerPackets, WidgetClientPackets> {
    const { inbox, pass, token } = this.credentials;
    const socket: Socket<WidgetServerPackets, WidgetClientPackets> = io(this.origin + WIDGET_NAMESPACE, {
      transports: ['websocket'],
      autoConnect: false,
      forceNew: true,
      reconnectionDelay: RECONNECT_MS,
      reconnectionDelayMax: RECONNECT_MAX_MS,
      timeout: OPEN_MS,
      auth: (answer) => {
        pass().then((value) => {
          const mine = token();
          answer({ inbox, pass: value, ...(mine ? { token: mine } : {}) });
        });
      },
    });
    this.listen(socket);
    return socket;
  }

  private listen(socket: Socket<WidgetServerPackets, WidgetClientPackets>): void {
    const { events } = this;
    // The line is open, but only the answer to our greeting says that packets come through.
    socket.io.on('open', () => this.trust.opened(() => socket.io.engine.close()));
    socket.io.on('close', (reason) => this.trust.closed(OUR_OWN.has(reason)));
    socket.on('connect', () => {
      this.turnedDown = 0;
      this.trust.greeted();
    });
    socket.on('disconnect', (reason) => {
      events.down();
      // The server said goodbye without naming a reason to act on: Socket.IO would not come back by itself.
      if (reason === 'io server disconnect') this.connectLater();
    });
    socket.on('connect_error', (error) => this.failed(socket, error));
    socket.on('end', ({ code }) => events.refused(code));
    socket.on('item', events.item);
    socket.on('typing', events.typing);
    socket.on('cursor', events.cursor);
    socket.on('agent', events.agent);
    socket.on('queue', events.queue);
    socket.on('watched', events.watched);
    socket.on('choices', events.choices);
  }

  private failed(socket: Socket, error: Error & { readonly data?: unknown }): void {
    // Still active: the transport failed and Socket.IO tries again. Otherwise the server answered no.
    if (socket.active) {
      this.trust.failed(error.message === 'timeout');
      return;
    }
    this.connectLater();
    const code = codeOf(error.data);
    // Too many share our address: plain HTTP needs no connection of its own.
    if (code === 'chat.too-many-connections') this.trust.failed(true);
    else this.events.refused(code ?? error.message);
  }

  private connectLater(): void {
    this.cancelAgain?.();
    this.turnedDown += 1;
    const wait = Math.min(RECONNECT_MS * 2 ** this.turnedDown, RECONNECT_MAX_MS);
    this.cancelAgain = this.timers.after(wait, () => this.socket?.connect());
  }
}

function codeOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('code' in data)) return undefined;
  return typeof data.code === 'string' ? data.code : undefined;
}
