import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOrigin, sendPanelPage } from './security-headers.js';
import { aToyApp, ORIGIN, type ToyApp } from './testing/toy-app.js';

const SECRET = 'root-key-bytes';
const PAGE =
  '<html><style nonce="__CSP_NONCE__"></style><script src="/console/assets/app-Ab12Cd34.js"></script></html>';
const SHOPS = ['https://shop.example', 'https://www.shop.example:8443'];

let folder: string;
let toy: ToyApp;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'static-'));
  for (const name of ['console/assets', 'widget/assets', 'keys']) mkdirSync(join(folder, name), { recursive: true });
  const files = {
    'console/index.html': PAGE,
    'console/favicon.svg': '<svg/>',
    'console/.env': SECRET,
    'console/assets/app-Ab12Cd34.js': 'console',
    'console/assets/app-Ab12Cd34.js.map': SECRET,
    'widget/loader.js': 'loader',
    'widget/panel.html': PAGE,
    'widget/assets/panel-Ef56Gh78.js': 'panel',
    'keys/root.key': SECRET,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const panel = (_request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    sendPanelPage(reply, { html: PAGE, origins: [...SHOPS, "*; script-src 'unsafe-inline'"], publicOrigin: ORIGIN });
  toy = await aToyApp({
    sites: {
      console: { folder: join(folder, 'console'), base: '/console' },
      widget: { folder: join(folder, 'widget'), base: '/widget' },
    },
    configure: (app) => void app.getHttpAdapter().getInstance().get('/panel', panel),
  });
});
afterAll(async () => {
  await toy.close();
  rmSync(folder, { recursive: true });
});

const get = (url: string) => toy.app.inject({ url });

describe('what is not served', () => {
  it.each([
    '/console/../keys/root.key',
    '/console/%2e%2e/keys/root.key',
    '/console/..%2fkeys%2froot.key',
    '/console/%252e%252e/keys/root.key',
    '/console/..\\keys\\root.key',
    '/console/..%5ckeys%5croot.key',
    '/console//etc/passwd',
    '/console/assets/../../keys/root.key',
    '/console/.env',
    '/console/assets/app-Ab12Cd34.js.map',
    '/console/assets/app-Ab12Cd34.js%00.html',
    '/widget/../keys/root.key',
    '/widget/%2e%2e%2fkeys/root.key',
    '/widget/panel.html',
    '/widget/',
    '/widget/conversations',
    '/consoles',
    '/',
    '/api/v1/anything',
  ])('P-1016 %s', async (url) => {
    const answer = await get(url);
    expect(answer.body).not.toContain(SECRET);
    expect(answer.statusCode).toBe(404);
    expect(answer.json().code).toBe('http.not-found');
  });
});

describe('the console', () => {
  it.each(['/console', '/console/', '/console/index.html', '/console/conversations/1'])(
    'answers %s with the page, a fresh nonce and no frame',
    async (url) => {
      const [first, second] = [await get(url), await get(url)];
      const nonce = /nonce="([\w-]+)"/.exec(first.body)?.[1];
      expect(first.headers['content-security-policy']).toBe(
        `default-src 'self'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; connect-src 'self' ` +
          "ws://127.0.0.1:21500; img-src 'self' data:; object-src 'none'; base-uri 'none'; " +
          "frame-ancestors 'none'; form-action 'self'",
      );
      expect(first.headers['cache-control']).toBe('no-store');
      expect(second.body).not.toContain(nonce);
      expect(first.body).not.toContain('__CSP_NONCE__');
    },
  );

  it('keeps hashed files for ever and others for minutes', async () => {
    const asset = await get('/console/assets/app-Ab12Cd34.js');
    expect([asset.body, asset.headers['cache-control']]).toEqual(['console', 'public, max-age=31536000, immutable']);
    expect(asset.headers['content-type']).toContain('javascript');
    expect((await get('/console/favicon.svg')).headers['cache-control']).toBe('public, max-age=300');
    expect((await get('/console/assets/app-Old00000.js')).statusCode).toBe(404);
  });
});

describe('the widget', () => {
  it('can be loaded by any page, for minutes or for ever', async () => {
    const loader = await get('/widget/loader.js');
    expect(loader.headers).toMatchObject({
      'cache-control': 'public, max-age=300',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(loader.headers['set-cookie']).toBeUndefined();
    expect((await get('/widget/assets/panel-Ef56Gh78.js')).headers['cache-control']).toContain('immutable');
  });

  it('P-1016 the panel goes into frames of exactly the inbox origins', async () => {
    const { headers } = await get('/panel');
    expect(headers['content-security-policy']).toContain(`frame-ancestors ${SHOPS.join(' ')};`);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-frame-options']).toBeUndefined();
    expect(headers['cross-origin-opener-policy']).toBeUndefined();
  });

  it('takes nothing for an origin but an origin', () => {
    for (const bad of [
      '*',
      'https://*.a.example',
      'https://a.example/',
      'https://a.example b',
      "'self'",
      'null',
      'a.example',
      'https://a.example;x',
      'https://A.example',
      'https://u@a.example',
    ]) {
      expect([bad, isOrigin(bad)]).toEqual([bad, false]);
    }
    for (const good of [...SHOPS, 'http://localhost:3000', 'http://[::1]:80'.replace(':80', ':8080')]) {
      expect([good, isOrigin(good)]).toEqual([good, true]);
    }
  });
});

describe('a console at the root', () => {
  let rooted: ToyApp;
  beforeAll(async () => {
    rooted = await aToyApp({ sites: { console: { folder: join(folder, 'console'), base: '' } } });
  });
  afterAll(() => rooted.close());

  it.each(['/', '/w/demo/conversations/mine', '/sign-in'])('answers %s with the page', async (url) => {
    const answer = await rooted.app.inject({ url });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('serves its files, and no page where a door of the product would be', async () => {
    expect((await rooted.app.inject({ url: '/assets/app-Ab12Cd34.js' })).body).toBe('console');
    for (const url of ['/api/v1/anything', '/widget/panel', '/socket.io/x', '/api']) {
      expect((await rooted.app.inject({ url })).statusCode, url).toBe(404);
    }
  });
});
