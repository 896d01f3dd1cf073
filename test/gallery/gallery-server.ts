import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { AGENT_NAMESPACE, WIDGET_NAMESPACE } from '@libs/contracts';
import { Server } from 'socket.io';
import { type Answers, answerFor, GOOD_DAY } from './answers.js';
import { NOW, type Role } from './world-people.js';
import { NOTICES, visitorItems, widgetSettings } from './world-settings.js';

/** What the server plays: who is signed in, and what it answers otherwise than on a good day. */
export interface Scene {
  /** Nobody is signed in where it is absent. */
  readonly role?: Role;
  readonly answers?: Answers;
  /** The line of packets stays closed. */
  readonly lineless?: boolean;
}

export interface GalleryServer {
  readonly origin: string;
  play(scene: Scene): void;
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

const HOST_PAGE = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"></head>
<body><main><h1>晴川商店</h1></main><script src="/widget/loader.js" data-inbox="gallery"></script></body></html>`;

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

  function widget(response: ServerResponse, path: string): void {
    const json = (value: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (path.startsWith('/widget/panel/')) page(response, read('dist/widget/panel.html').toString());
    else if (path.endsWith('.json')) json(widgetSettings(originOf(server)));
    else if (path.endsWith('/notices'))
      json({ items: [3, 2].map((version) => ({ version, publishedAt: NOW, locales: ['zh-CN', 'en'] })) });
    else if (path.includes('/notices/')) json({ version: 2, publishedAt: NOW, notices: NOTICES });
    else file(response, `dist/widget/${path.split('/').at(-1)}`);
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', originOf(server));
    const { pathname } = url;
    if (pathname.startsWith('/api/v1/')) api(request, response, url);
    else if (pathname === '/shop') page(response, HOST_PAGE);
    else if (pathname.startsWith('/widget/')) widget(response, pathname);
    else if (extname(pathname) !== '') file(response, `dist/console${pathname}`);
    else page(response, read('dist/console/index.html').toString(), POLICY);
  });
  const line = playLine(server, () => scene);
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return {
    origin: originOf(server),
    play: (next) => {
      scene = next;
    },
    unknown,
    close: async () => {
      server.closeAllConnections();
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
  io.of(WIDGET_NAMESPACE)
    .use(gate)
    .on('connection', (socket) => {
      const known = socket.handshake.auth.token !== undefined;
      socket.emit('agent', { name: known ? '小敏' : null, state: known ? 'open' : 'queued' });
      socket.on('sync', (_packet, ack) => {
        const items = known ? visitorItems : [];
        ack({ ok: true, items, upTo: items.length, more: false, agentCursor: { delivered: 5, read: 3 } });
      });
    });
  return io;
}

const SEEN = { delivered: 8, read: 6 } as const;
