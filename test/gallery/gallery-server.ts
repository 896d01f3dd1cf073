import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { AGENT_NAMESPACE, WIDGET_NAMESPACE } from '@libs/contracts';
import { Server } from 'socket.io';
import { type Answers, answerFor, GOOD_DAY } from './answers.js';
import { answerWidget, isPreflight, playWidgetLine, type WidgetScene } from './widget-server.js';
import type { Role } from './world-people.js';

/** What the server plays: who is signed in, and what it answers otherwise than on a good day. */
export interface Scene {
  /** Nobody is signed in where it is absent. */
  readonly role?: Role;
  readonly answers?: Answers;
  /** The line of packets stays closed. */
  readonly lineless?: boolean;
  readonly widget?: WidgetScene;
}

export interface GalleryServer {
  readonly origin: string;
  /** A page of another site that embeds the widget. */
  readonly shop: string;
  play(scene: Scene): void;
  /** The line of packets breaks and stays closed. */
  cutLine(): void;
  /** Requests that no answer was written for. */
  readonly unknown: ReadonlySet<string>;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** As strict as the product's own page, so that what it would refuse shows here too. */
const POLICY = `default-src 'self'; script-src 'self'; style-src 'self' 'nonce-gallery'; img-src 'self' data:; object-src 'none'; base-uri 'none'`;

/** The console and the widget as they are built, over a server that only plays scenes. Nothing is stored anywhere. */
export async function startGallery(root: string, port = 0): Promise<GalleryServer> {
  let scene: Scene = {};
  const unknown = new Set<string>();
  const files = new Map<string, Buffer>();
  const read = (path: string): Buffer => {
    const known = files.get(path) ?? readFileSync(join(root, normalize(path)));
    files.set(path, known);
    return known;
  };

  function api(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const path = url.pathname.slice('/api/v1/'.length).split('/');
    const asked = {
      query: url.searchParams,
      path: path.slice(),
      role: scene.role ?? 'agent',
      origin: originOf(server),
    };
    const all = { ...GOOD_DAY, ...scene.answers };
    const make = answerFor(all, request.method ?? 'GET', path);
    if (!make) unknown.add(`${request.method} /${path.join('/')}`);
    const nobody = scene.role === undefined && url.pathname === '/api/v1/account/me';
    const answer = nobody
      ? { status: 401, code: 'account.not-signed-in' }
      : (make?.(asked) ?? { status: 404, code: 'gallery.unknown' });
    if (answer === 'never') return;
    const isBody = 'body' in answer;
    response.writeHead(isBody ? 200 : answer.status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    });
    const problem = isBody
      ? undefined
      : { title: '', status: answer.status, code: answer.code, details: answer.details };
    response.end(JSON.stringify(isBody ? answer.body : { ...problem, requestId: '8F3K2' }));
  }

  function page(response: ServerResponse, html: string, policy?: string): void {
    response.writeHead(200, {
      'content-type': TYPES['.html'],
      ...(policy ? { 'content-security-policy': policy } : {}),
    });
    response.end(html.replaceAll('__CSP_NONCE__', 'gallery'));
  }

  function file(response: ServerResponse, path: string): void {
    try {
      const bytes = read(path);
      response.writeHead(200, {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        'cache-control': 'max-age=600',
      });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }

  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', originOf(server));
    const { pathname } = url;
    if (isPreflight(request, response)) return;
    if (pathname.startsWith('/api/v1/')) api(request, response, url);
    else if (pathname === '/shop' || pathname.startsWith('/widget/'))
      answerWidget(url, response, {
        ...{ origin: originOf(server), scene: scene.widget ?? {}, read },
        page: (html) => page(response, html),
        file: (path) => file(response, path),
      });
    else if (extname(pathname) !== '') file(response, `dist/console${pathname}`);
    else page(response, read('dist/console/index.html').toString(), POLICY);
  };
  const server = createServer(respond);
  // Of another origin, as shops are, but of the same site: a private window keeps nothing for others.
  const shop = createServer(respond);
  const line = playLine(server, () => scene);
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done));
  return {
    origin: originOf(server),
    shop: `${originOf(shop)}/shop`,
    play: (next) => {
      scene = next;
    },
    cutLine: () => {
      scene = { ...scene, lineless: true };
      line.of(WIDGET_NAMESPACE).disconnectSockets(true);
    },
    unknown,
    close: async () => {
      server.closeAllConnections();
      shop.closeAllConnections();
      await new Promise((done) => shop.close(done));
      await line.close();
    },
  };
}

function originOf(server: ReturnType<typeof createServer>): string {
  const address = server.address() as AddressInfo | null;
  return `http://127.0.0.1:${address?.port ?? 0}`;
}

/** The two lines of packets: whoever connects is welcome, hears the same old messages, and no more. */
function playLine(server: ReturnType<typeof createServer>, scene: () => Scene): Server {
  const io = new Server(server, { transports: ['websocket'], serveClient: false });
  const gate = (_socket: unknown, next: (error?: Error) => void) =>
    next(scene().lineless ? new Error('closed') : undefined);
  io.of(AGENT_NAMESPACE)
    .use(gate)
    .on('connection', (socket) => {
      socket.on('conversation:watch', (_packet, ack) => ack({ ok: true, seq: 8, revision: 14 }));
      socket.on('sync', ({ after }, ack) =>
        ack({ ok: true, items: [], upTo: after, more: false, visitorCursor: SEEN }),
      );
      // What is sent is never acknowledged: it stays on its way, which is a state of its own.
    });
  io.of(WIDGET_NAMESPACE).use(gate);
  playWidgetLine(io, () => scene().widget ?? {});
  return io;
}

const SEEN = { delivered: 8, read: 6 } as const;
