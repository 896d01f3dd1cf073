import type { IncomingMessage, ServerResponse } from 'node:http';
import { type InboxSettings, type QueuePlace, WIDGET_NAMESPACE } from '@libs/contracts';
import type { Server } from 'socket.io';
import { NOW } from './world-people.js';
import { NOTICES, visitorItems, widgetSettings } from './world-settings.js';

/** What a visitor of the shop meets. */
export interface WidgetScene {
  /** Wrote before, in this browser. */
  readonly known?: boolean;
  /** The panel stays closed. */
  readonly closed?: boolean;
  readonly settings?: Partial<InboxSettings>;
  /** Waits for somebody, at this place. */
  readonly queue?: QueuePlace;
  /** A lead of the team looks on. */
  readonly watched?: boolean;
  /** Each message is refused with this code; without one nothing that is written is ever acknowledged. */
  readonly refuses?: string;
  /** The server ends the connection with this code. */
  readonly ends?: string;
}

const VISIT = { token: 'gallery-token', read: 3, version: 2, locale: 'zh-CN' } as const;
const KEY = 'custodia:gallery';
const stored = (value: string | undefined): string =>
  `<script>localStorage.clear();${value === undefined ? '' : `localStorage.setItem('${KEY}', '${value}')`}</script>`;

/** The shop's page with the snippet. */
function hostPage(locale: string, origin: string, { known = false }: WidgetScene): string {
  const title = locale === 'en' ? 'Qingchuan Shop' : '晴川商店';
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
${stored(known ? '1' : undefined)}</head>
<body><main><h1>${title}</h1></main><script src="${origin}/widget/loader.js" data-inbox="gallery"></script></body></html>`;
}

interface WidgetFiles {
  readonly origin: string;
  readonly scene: WidgetScene;
  readonly read: (path: string) => Buffer;
  readonly page: (html: string) => void;
  readonly file: (path: string) => void;
}

/** Whatever lies below /widget, and the shop that embeds it. */
export function answerWidget(url: URL, response: ServerResponse, files: WidgetFiles): void {
  const { origin, scene, read, page, file } = files;
  const { pathname: path } = url;
  const json = (value: unknown) =>
    response
      .writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
      .end(JSON.stringify(value));
  if (path === '/shop') page(hostPage(url.searchParams.get('lang') ?? 'zh-CN', origin, scene));
  else if (path.startsWith('/widget/panel/')) {
    const kept = stored(scene.known ? JSON.stringify(VISIT) : undefined);
    page(read('dist/widget/panel.html').toString().replace('<head>', `<head>${kept}`));
  } else if (path.endsWith('.json')) json({ ...widgetSettings(origin), ...scene.settings });
  else if (path.endsWith('/notices'))
    json({ items: [3, 2].map((version) => ({ version, publishedAt: NOW, locales: ['zh-CN', 'en'] })) });
  else if (path.includes('/notices/')) json({ version: 2, publishedAt: NOW, notices: NOTICES });
  else file(`dist/widget/${path.split('/').at(-1)}`);
}

/** A browser asks first whether another site may ask for a pass. */
export function isPreflight(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'OPTIONS') return false;
  response.writeHead(204, { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' }).end();
  return true;
}

/** The visitors' line: whoever connects hears the same old messages, and no more. */
export function playWidgetLine(io: Server, scene: () => WidgetScene): void {
  io.of(WIDGET_NAMESPACE).on('connection', (socket) => {
    const { queue, watched, refuses, ends } = scene();
    const known = socket.handshake.auth.token !== undefined;
    const waits = queue !== undefined || !known || scene().settings?.hours !== undefined;
    if (ends) socket.emit('end', { code: ends });
    socket.emit('agent', { name: waits ? null : '小敏', state: waits ? 'queued' : 'open' });
    if (queue) socket.emit('queue', queue);
    if (watched) socket.emit('watched', { on: true });
    socket.on('sync', (_packet, ack) => {
      const items = known ? visitorItems : [];
      ack({ ok: true, items, upTo: items.length, more: false, agentCursor: { delivered: 5, read: 3 } });
    });
    if (refuses)
      socket.on('message:send', (_packet, ack) => ack({ ok: false, code: refuses, details: { retryAfterMs: 1 } }));
  });
}
