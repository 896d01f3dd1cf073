import { setTimeout as sleep } from 'node:timers/promises';
import type { Ack } from '@libs/contracts';
import { io, type Socket } from 'socket.io-client';

/** What a connection needs each time it is made anew. */
export type Handshake = () => Promise<Record<string, unknown>>;

/** Twenty that knock at a door which nobody opens yet keep whom they wait for from getting there. */
const PAUSE_MS = 200;
const CONNECT_MS = 20_000;
/** A line that is cut says so by itself: this is only for a server that hangs. */
export const ANSWER_MS = 20_000;

/**
 * A socket that comes back whatever happens to the server: each attempt has a new handshake. `onUp` runs after each
 * connect and before `socket()` answers (the client syncs first and sends afterwards).
 */
export class LastingConnection {
  /** Codes of refused connects and of `end` packets, as far as they were seen. */
  readonly codes: string[] = [];
  private current: Socket | undefined;
  private opening: Promise<Socket> | undefined;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly handshake: Handshake,
    private readonly onSocket: (socket: Socket) => void,
    private readonly onUp: (socket: Socket) => Promise<void>,
  ) {}

  /** The socket that is up, or the next one. */
  async socket(): Promise<Socket> {
    if (this.current?.connected) return this.current;
    this.opening ??= this.open().finally(() => {
      this.opening = undefined;
    });
    return this.opening;
  }

  /** Cuts the line, as a lost network does. */
  cut(): void {
    this.current?.io.engine?.close();
  }

  close(): void {
    this.closed = true;
    this.current?.close();
  }

  private async open(): Promise<Socket> {
    for (;;) {
      if (this.closed) throw new Error('closed');
      const socket = await this.attempt().catch(() => undefined);
      if (socket) return socket;
      await sleep(PAUSE_MS);
    }
  }

  private async attempt(): Promise<Socket> {
    const options = await this.handshake();
    const socket = io(this.url, { transports: ['websocket'], forceNew: true, reconnection: false, ...options });
    this.onSocket(socket);
    socket.on('end', ({ code }: { code: string }) => this.codes.push(code));
    try {
      await connected(socket);
      await this.onUp(socket);
    } catch (error) {
      socket.close();
      this.codes.push((error as { data?: { code?: string } }).data?.code ?? 'no-connection');
      throw error;
    }
    this.current = socket;
    // Comes back by itself: what is only received must not wait for the next send.
    socket.on('disconnect', () => {
      if (!this.closed) void this.socket().catch(() => undefined);
    });
    return socket;
  }
}

/** What the server answers to a packet; throws as soon as the line is cut, because then no answer comes. */
export async function answerTo<T>(socket: Socket, name: string, packet: unknown): Promise<Ack<T>> {
  // It would be kept for the time when this line is up again, and that never comes: the next one is another.
  if (!socket.connected) throw new Error('the line was cut');
  return (await socket.timeout(ANSWER_MS).emitWithAck(name, packet)) as Ack<T>;
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer to the connect')), CONNECT_MS);
    const failed = (why: unknown): void => {
      clearTimeout(timer);
      reject(why);
    };
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.once('connect_error', failed);
    // Cut after the transport had come up and before the server had answered.
    socket.once('disconnect', failed);
  });
}
