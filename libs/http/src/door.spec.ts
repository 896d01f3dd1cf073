import { isId, newId } from '@libs/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MARKER, ToyController } from './testing/toy.controller.js';
import { asMember, asVisitor, aToyApp, MEMBER, readiness, TENANT, type ToyApp, VISITOR } from './testing/toy-app.js';

let toy: ToyApp;
beforeAll(async () => {
  toy = await aToyApp({
    crossOrigin: [
      { path: '/api/v1/toy/open', methods: ['GET', 'POST'], allow: (origin) => origin === 'https://shop.example' },
    ],
  });
});
afterAll(() => toy.close());
beforeEach(() => {
  toy.lines.length = 0;
});

interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'PUT' | 'PATCH' | 'OPTIONS';
  readonly headers?: Record<string, string>;
  readonly payload?: string | Buffer | object;
  readonly remoteAddress?: string;
}

const call = (url: string, options: Call = {}) => toy.app.inject({ method: 'GET', url, ...options });
const REPLIES = `/api/v1/toy/conversations/${newId()}/replies`;
const reply = (payload: string | Buffer | object, headers: Record<string, string> = {}) =>
  call(REPLIES, {
    method: 'POST',
    headers: { ...asMember, 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload),
  });

describe('a bad body', () => {
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  it.each([
    ['malformed JSON', '{"text":', 400, 'http.malformed-json'],
    ['JSON with a trailing comma', '{"text":"a",}', 400, 'http.malformed-json'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 400, 'http.malformed-json'],
    ['1 MB', `{"text":"${'x'.repeat(1_000_000)}"}`, 413, 'http.body-too-large'],
    ['64 KiB and a byte', ' '.repeat(65_537), 413, 'http.body-too-large'],
    ['nesting of 30,000', '['.repeat(30_000), 400, 'http.json-too-deep'],
    ['nesting of 17', nested(17), 400, 'http.json-too-deep'],
    ['a __proto__ key', '{"text":"a","__proto__":{"isAdmin":true}}', 400, 'http.forbidden-key'],
    ['an escaped __proto__ key', '{"text":"a","\\u005f_proto__":{"x":1}}', 400, 'http.forbidden-key'],
    ['a constructor key inside', '{"text":"a","items":[{"constructor":{"prototype":{}}}]}', 400, 'http.forbidden-key'],
    ['nothing', '', 422, 'http.invalid-input'],
    ['null', 'null', 422, 'http.invalid-input'],
    ['a number', '7', 422, 'http.invalid-input'],
    ['a text', '"text"', 422, 'http.invalid-input'],
    ['a list', '[{"text":"a"}]', 422, 'http.invalid-input'],
    ['a field of the wrong type', '{"text":7}', 422, 'http.invalid-input'],
    ['brackets inside a text count not', `{"text":"${'['.repeat(20)}"}`, 201, undefined],
    ['nesting of 16', nested(16), 422, 'http.invalid-input'],
  ])('P-1016 %s', async (_, body, status, code) => {
    const answer = await reply(body);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'x',
  ])('P-1016 content type %s', async (type) => {
    const answer = await reply('text=a', { 'content-type': type });
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'http.unsupported-media-type']);
  });

  it('P-1016 names the fields and rules, never the values', async () => {
    const answer = await reply({
      text: MARKER.repeat(3),
      teamId: MARKER,
      tagIds: ['x'],
      extra: MARKER,
      items: [{ contactId: 'x', note: 'n', more: 1 }],
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json().errors).toEqual(
      expect.arrayContaining([
        { field: 'text', rule: 'isLength' },
        { field: 'teamId', rule: 'ref' },
        { field: 'tagIds', rule: 'ref' },
        { field: 'extra', rule: 'unknown' },
        { field: 'items[0].contactId', rule: 'ref' },
        { field: 'items[0].more', rule: 'unknown' },
      ]),
    );
    expect(answer.body + toy.lines.join('')).not.toContain(MARKER);
  });
});

describe('path and query', () => {
  it('P-1016 converts numbers of the query and nothing else', async () => {
    const list = (query: string) => call(`/api/v1/toy/conversations?${query}`, { headers: asMember });
    expect((await list('limit=20&text=30')).json()).toEqual({ limit: 20, text: '30' });
    for (const bad of [
      'limit=abc',
      'limit=1e9',
      'limit=',
      'limit=500',
      'limit=1&limit=2',
      'text=a&text=b',
      'x=1',
      '__proto__=1',
      'inboxId=1',
    ]) {
      expect([bad, (await list(bad)).statusCode]).toEqual([bad, 422]);
    }
  });

  it('P-1005 refuses ids of a wrong form before the handler sees them', async () => {
    for (const id of ['1', newId().toUpperCase(), `${newId()}'--`, '..%2f..%2fx', '%00', 'undefined']) {
      const answer = await call(`/api/v1/toy/conversations/${id}/replies`, {
        method: 'POST',
        headers: asMember,
        payload: { text: 'a' },
      });
      expect([id, answer.statusCode]).toEqual([id, 422]);
      expect(answer.json().errors).toEqual([{ field: 'conversationId', rule: 'ref' }]);
    }
    const remove = (query: string) =>
      call(`/api/v1/toy/conversations?${query}`, { method: 'DELETE', headers: asMember });
    expect((await remove('conversationId=7')).statusCode).toBe(422);
    expect((await remove(`conversationId=${newId()}&version=x`)).statusCode).toBe(422);
    expect((await remove(`conversationId=${newId()}&version=3`)).json().version).toBe(3);
  });

  it('P-1016 answers unknown and broken addresses with a problem', async () => {
    expect((await call('/api/v1/nothing')).json()).toMatchObject({ status: 404, code: 'http.not-found' });
    expect((await call('/api/v1/toy/open', { method: 'PUT' })).json()).toMatchObject({ code: 'http.not-found' });
    expect((await call('/api/v1/toy/fail/%E0%A4%A')).json()).toMatchObject({ status: 400, code: 'http.bad-request' });
    expect((await call(`/api/v1/toy/fail/${'x'.repeat(200)}`)).json()).toMatchObject({ status: 414 });
  });
});

describe('who may call', () => {
  it('P-1011 refuses everybody unknown, and callers of the wrong kind', async () => {
    expect((await call('/api/v1/toy/me')).json()).toMatchObject({ status: 401, code: 'http.sign-in-required' });
    expect((await call('/api/v1/toy/visit')).json()).toMatchObject({ status: 401, code: 'http.pass-required' });
    expect((await call('/api/v1/toy/me', { headers: asVisitor })).json().code).toBe('http.wrong-caller');
    expect((await call('/api/v1/toy/visit', { headers: asMember })).json().code).toBe('http.wrong-caller');
  });

  it('P-1006 refuses a member whose role lacks the permission, before looking at the body', async () => {
    const poor = { cookie: asMember.cookie.replace('good', 'poor') };
    const answer = await reply({ text: 7 }, poor);
    expect(answer.json()).toMatchObject({ status: 403, code: 'http.permission-missing' });
    expect((await call('/api/v1/toy/me', { headers: { ...asMember, ...poor } })).statusCode).toBe(200);
  });

  it('P-1005 runs the handler in the context of the caller', async () => {
    const answer = await call('/api/v1/toy/me', { headers: asMember });
    expect(answer.json()).toEqual({
      caller: 'member',
      context: {
        tenantId: TENANT,
        actor: { kind: 'member', id: MEMBER },
        correlationId: answer.headers['x-request-id'],
      },
    });
    const visit = await call('/api/v1/toy/visit', { headers: asVisitor });
    expect(visit.json().context.actor).toEqual({ kind: 'visitor', id: VISITOR });
    expect((await call('/api/v1/toy/open')).json()).toEqual({ ok: true });
  });
});

describe('where a change comes from', () => {
  it.each([
    ['absent', undefined],
    ['another site', 'https://evil.example'],
    ['another port of this machine', 'http://127.0.0.1:3999'],
    ['the same host by another name', 'http://localhost:21500'],
    ['null', 'null'],
  ])('P-1016 refuses a change with the session cookie whose Origin is %s', async (_, origin) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const headers = { cookie: `a=b; ${asMember.cookie}`, ...(origin === undefined ? {} : { origin }) };
      expect((await call(REPLIES, { method, headers })).json()).toMatchObject({
        status: 403,
        code: 'http.foreign-origin',
      });
    }
  });

  it('lets pass what carries no session cookie, and what comes from our own page', async () => {
    expect((await call(REPLIES, { method: 'POST', headers: { origin: 'https://shop.example' } })).statusCode).toBe(401);
    expect((await reply({ text: 'a' })).statusCode).toBe(201);
  });

  it('opens listed endpoints to listed origins only', async () => {
    const preflight = (origin: string, url = '/api/v1/toy/open') =>
      call(url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    const open = await preflight('https://shop.example');
    expect([open.statusCode, open.headers['access-control-allow-origin']]).toEqual([204, 'https://shop.example']);
    expect(open.headers['access-control-allow-credentials']).toBeUndefined();
    expect((await preflight('https://evil.example')).json().code).toBe('http.foreign-origin');
    expect((await preflight('https://shop.example', '/api/v1/toy/me')).statusCode).toBe(404);
    const got = await call('/api/v1/toy/open', { headers: { origin: 'https://shop.example' } });
    expect(got.headers['access-control-allow-origin']).toBe('https://shop.example');
  });
});

describe('errors', () => {
  it.each([
    ['user', 409, 'toy.too-long'],
    ['operational', 503, 'toy.away'],
    ['unexpected', 500, 'http.unexpected'],
    ['status', 500, 'http.unexpected'],
    ['text', 500, 'http.unexpected'],
    ['other', 500, 'http.unexpected'],
  ])('P-1010 %s becomes a problem without internals', async (kind, status, code) => {
    const answer = await call(`/api/v1/toy/fail/${kind}`);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ type: `urn:custodia:problem:${code}`, status, code });
    expect(answer.json().requestId).toBe(answer.headers['x-request-id']);
    expect(answer.body + toy.lines.join('')).not.toContain(MARKER);
    expect(toy.lines.join('')).toContain(answer.json().requestId);
  });

  it('shows details of expected ones', async () => {
    expect((await call('/api/v1/toy/fail/user')).json()).toMatchObject({ title: 'Too long.', details: { max: 3 } });
  });

  it('makes its own request id and believes none', async () => {
    const answer = await call('/api/v1/toy/open', { headers: { 'x-request-id': MARKER, 'request-id': MARKER } });
    expect(isId(answer.headers['x-request-id'])).toBe(true);
  });

  it('F-1406 writes the template of the route, never the address asked for', async () => {
    await call(`/api/v1/toy/fail/${MARKER}?q=${MARKER}`);
    await call(`/nothing/${MARKER}`);
    await new Promise((resolve) => setImmediate(resolve));
    expect(toy.lines.join('')).toContain('/api/v1/toy/fail/:kind');
    expect(toy.lines.join('')).not.toContain(MARKER);
  });
});

describe('headers', () => {
  it('P-1016 every answer starts closed', async () => {
    for (const url of ['/api/v1/toy/open', '/nothing', '/api/v1/toy/fail/other', '/api/v1/toy/fail/%E0%A4%A']) {
      const { headers } = await call(url);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
      });
      expect(headers['permissions-policy']).toContain('camera=()');
      expect(headers['x-request-id']).toBeDefined();
    }
  });
});

describe('Idempotency-Key', () => {
  it('does the work once and answers a resend with status and id, never the body', async () => {
    const controller = toy.app.get(ToyController);
    const before = controller.made;
    const key = { 'idempotency-key': 'key-00000001' };
    const first = await reply({ text: 'a' }, key);
    const second = await reply({ text: 'a' }, key);
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(second.json()).toEqual({ id: first.json().id });
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(controller.made).toBe(before + 1);
  });

  it('frees the key after a refusal, keeps it after a defect', async () => {
    const refused = { 'idempotency-key': 'key-00000002' };
    expect((await reply({ text: 'refuse' }, refused)).json().code).toBe('toy.refused');
    expect((await reply({ text: 'a' }, refused)).statusCode).toBe(201);
    const defect = { 'idempotency-key': 'key-00000003' };
    expect((await reply({ text: 'defect' }, defect)).statusCode).toBe(500);
    expect((await reply({ text: 'a' }, defect)).json()).toMatchObject({
      status: 409,
      code: 'http.idempotency-running',
    });
  });

  it('refuses a key of a wrong form', async () => {
    for (const key of ['short', 'a b c d e f g', 'x'.repeat(65), `${MARKER}@mail.example`]) {
      const answer = await reply({ text: 'a' }, { 'idempotency-key': key });
      expect(answer.json().errors).toEqual([{ field: 'Idempotency-Key', rule: 'matches' }]);
    }
  });
});

describe('health', () => {
  it('is alive, and ready when its parts are', async () => {
    expect((await call('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await call('/readyz')).json()).toEqual({ status: 'ready' });
    readiness.push({ name: 'database', check: () => Promise.reject(new Error(MARKER)) });
    const answer = await call('/readyz');
    readiness.length = 0;
    expect(answer.json()).toMatchObject({ status: 503, code: 'http.not-ready', details: { failed: 'database' } });
    expect(answer.body).not.toContain(MARKER);
  });

  it('counts without labels that name a person, and not for the world', async () => {
    const answer = await call('/metrics');
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.body).toMatch(/http_requests_total\{method="GET",route="[^"]+",status="200"\} \d+/);
    expect((await call('/metrics', { headers: { 'x-forwarded-for': '1.2.3.4' } })).statusCode).toBe(404);
    expect((await call('/metrics', { remoteAddress: '192.0.2.7' })).statusCode).toBe(404);
    const labels = new Set([...answer.body.matchAll(/(\w+)="/g)].map(([, name]) => name));
    expect([...labels].sort()).toEqual(['method', 'route', 'status']);
  });

  it('believes no address of an unlisted proxy', async () => {
    const spoofed = await call('/api/v1/toy/where', { headers: { 'x-forwarded-for': '1.2.3.4' } });
    expect(spoofed.json()).toEqual({ ip: '127.0.0.1' });
  });
});

describe('OpenAPI', () => {
  it('says who may call and what is sent, in the demo', async () => {
    const document = (await call('/api/openapi.json')).json();
    const operation = document.paths['/api/v1/toy/conversations/{conversationId}/replies'].post;
    expect(operation).toMatchObject({
      'x-access': { kind: 'permission', permission: 'conversations:reply' },
      security: [{ member: [] }],
    });
    expect(document.paths['/api/v1/toy/open'].get['x-access'].kind).toBe('public');
    expect(document.components.schemas.ReplyDto.properties.teamId).toMatchObject({ type: 'string', format: 'uuid' });
  });
});
