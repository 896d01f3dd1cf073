import type { IncomingMessage } from 'node:http';
import { LIMITS } from '@libs/contracts';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { clientAddress, proxyList } from './client-address.js';
import { endEndlessAsking, type Line } from './endless-asking.js';
import { Measures } from './measures.js';
import { isForeignWithCookie } from './origin-check.js';

/** Sockets: WebSocket only, small packets, no compression (memory), no cookies of its own. */
export class SocketAdapter extends IoAdapter {
  private readonly measures: Measures;

  constructor(
    app: INestApplicationContext,
    private readonly publicOrigin: string,
    private readonly trustedProxies: readonly string[] = [],
  ) {
    super(app);
    this.measures = app.get(Measures, { strict: false });
  }

  override createIOServer(port: number, options?: Partial<ServerOptions>): Server {
    const { publicOrigin } = this;
    const ours: Partial<ServerOptions> = {
      transports: ['websocket'],
      maxHttpBufferSize: LIMITS.bodyBytes,
      perMessageDeflate: false,
      httpCompression: false,
      serveClient: false,
      connectTimeout: 10_000,
      pingInterval: 20_000,
      pingTimeout: 15_000,
      // A page of another origin must not open a socket with a member's cookie.
      allowRequest: (request: IncomingMessage, decide: (error: string | null, ok: boolean) => void) =>
        decide(null, !isForeignWithCookie(request.headers, publicOrigin)),
    };
    const server = super.createIOServer(port, { ...options, ...ours } as ServerOptions) as Server;
    // Socket.IO knows only the machine that opened the connection: behind a proxy all visitors would share one address.
    const proxies = proxyList(this.trustedProxies);
    server.engine.on('connection', (line: Line & { readonly request: IncomingMessage }) => {
      Object.assign(line, { remoteAddress: clientAddress(line.request, proxies) });
      endEndlessAsking(line);
    });
    this.measures.add({
      ...{ name: 'custodia_sockets', kind: 'gauge', help: 'Open sockets by namespace.' },
      read: () => [...server._nsps].map(([namespace, { sockets }]) => ({ labels: { namespace }, value: sockets.size })),
    });
    // Nobody serves the namespace that a client gets without asking for one, so nobody may wait in it.
    server.use((_socket, next) =>
      next(Object.assign(new Error('refused'), { data: { ok: false, code: 'http.namespace-unknown' } })),
    );
    return server;
  }

  /**
   * Gateways bind their sockets by hand, from `afterInit` on. Nest would run each connection through subjects of its own and
   * keep two observables of it, for methods that no gateway has.
   */
  override bindClientConnect(): void {}
}
