import { randomToken } from '@libs/kernel';
import type { FastifyReply } from 'fastify';

/** Text in an HTML page that is replaced by the nonce of the answer. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

const API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const ALWAYS: Readonly<Record<string, string>> = {
  // A browser keeps even what it may not use again: on a shared device nobody's data stay behind.
  'cache-control': 'no-store',
  'content-security-policy': API_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

/** Headers that every answer starts with; pages loosen exactly what they need. */
export function setSecurityHeaders(reply: FastifyReply, publicOrigin: string): void {
  void reply.headers(ALWAYS);
  if (publicOrigin.startsWith('https://')) {
    void reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
  }
}

/** Sends the console's page: own scripts only, styles with a nonce, never inside a frame. */
export function sendConsolePage(reply: FastifyReply, html: string, publicOrigin: string): FastifyReply {
  const nonce = randomToken(16);
  const policy = [...pagePolicy(nonce, publicOrigin), "frame-ancestors 'none'", "form-action 'self'"].join('; ');
  return sendHtml(reply, html, nonce, policy);
}

/** What the widget's panel page is sent with. */
export interface PanelPage {
  readonly html: string;
  /** Origins of the inbox, exactly those that may embed the panel. */
  readonly origins: readonly string[];
  readonly publicOrigin: string;
}

/** Sends the widget's panel page, which only the inbox's own origins may put into a frame. */
export function sendPanelPage(reply: FastifyReply, { html, origins, publicOrigin }: PanelPage): FastifyReply {
  const nonce = randomToken(16);
  const ancestors = origins.filter(isOrigin);
  const framed = `frame-ancestors ${ancestors.length === 0 ? "'none'" : ancestors.join(' ')}`;
  const policy = [...pagePolicy(nonce, publicOrigin), framed, "form-action 'none'"].join('; ');
  void reply.removeHeader('x-frame-options').removeHeader('cross-origin-opener-policy');
  void reply.header('cross-origin-resource-policy', 'cross-origin');
  return sendHtml(reply, html, nonce, policy);
}

/** True for `scheme://host[:port]` and nothing else, so that no list entry can smuggle in a directive or a wildcard. */
export function isOrigin(text: string): boolean {
  return /^https?:\/\/[a-z0-9.[\]:-]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function pagePolicy(nonce: string, publicOrigin: string): readonly string[] {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    `connect-src 'self' ${publicOrigin.replace(/^http/, 'ws')}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
  ];
}

function sendHtml(reply: FastifyReply, html: string, nonce: string, policy: string): FastifyReply {
  return reply
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .header('content-type', 'text/html; charset=utf-8')
    .send(html.replaceAll(NONCE_PLACEHOLDER, nonce));
}
