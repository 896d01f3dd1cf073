import { listRoutes } from '@libs/http';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { standaloneMigrations, standaloneModules } from '../../apps/standalone/src/standalone.js';
import { type ChatWorld, openChatWorld, SHOP } from '../world/chat-world.js';
import { agree, must, newSender, postJson } from '../world/clients.js';
import { type Fingerprints, openFingerprints } from '../world/fingerprint.js';

const MESSAGES = '/api/v1/chat/widget/messages';
const JSON_TYPE = { 'content-type': 'application/json' };

/** Bodies that are refused before anything looks at them. */
const UNREADABLE: readonly (readonly [what: string, body: string | Buffer, status: number, code: string])[] = [
  ['half an object', '{"inbox":', 400, 'http.malformed-json'],
  ['no JSON', 'inbox=1', 400, 'http.malformed-json'],
  ['bytes', Buffer.from([0, 255, 254, 1]), 400, 'http.malformed-json'],
  ['broken UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400, 'http.malformed-json'],
  ['deep lists', `${'['.repeat(5000)}${']'.repeat(5000)}`, 400, 'http.json-too-deep'],
  ['deep objects', `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`, 400, 'http.json-too-deep'],
  ['a megabyte', JSON.stringify({ inbox: 'x'.repeat(1_000_000) }), 413, 'http.body-too-large'],
  ['just over the limit', JSON.stringify({ inbox: 'x'.repeat(64 * 1024) }), 413, 'http.body-too-large'],
  ['__proto__', '{"__proto__":{"polluted":1}}', 400, 'http.forbidden-key'],
  ['constructor', '{"a":{"constructor":{"prototype":{"polluted":1}}}}', 400, 'http.forbidden-key'],
];

/** Bodies that are JSON but not what is asked for. */
const WRONG: readonly unknown[] = [null, 7, 'text', true, [], [{}], {}, { unknown: 1 }];
/** Acts that their path says all about. */
const BARE = /\/(take|resolve|reopen|wake|sign-out|approve|refuse|cancel|resend|leak-report|reset|send|email-proof)$/;

describeColumns('bad bodies on $column over HTTP', (column) => {
  let world: ChatWorld;
  let prints: Fingerprints;
  beforeAll(async () => {
    const services = { modules: standaloneModules, migrations: standaloneMigrations };
    world = await openChatWorld({ column, services });
    prints = await openFingerprints(world.platform);
    must(await (await world.visitor()).send('warm'));
  });
  afterAll(async () => {
    await prints?.close();
    await world?.close();
  });

  const state = () => prints.of(world.tenants[0].id, ['last_seen_at']);
  const cookie = (): string => world.tenants[0].members[0]!.cookie;
  /** Every route that takes a body, with a conversation that exists nowhere. */
  const takers = (): readonly string[] =>
    listRoutes(world.app)
      .filter(({ method }) => method === 'POST')
      .map(({ route }) => route.replace(/:(id|replyId)\b/g, '01890000-0000-7000-8000-000000000000'));
  const send = async (path: string, body: string | Buffer, headers: Record<string, string>) => {
    const response = await fetch(world.origin + path, { method: 'POST', body, headers });
    const answer = (await response.json()) as { code: string; requestId: string };
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.requestId).toBe(response.headers.get('x-request-id'));
    return [response.status, answer.code];
  };
  const own = () => ({ cookie: cookie(), origin: world.origin });

  it.each(UNREADABLE)('P-1016 %s: every route that takes a body refuses it by code', async (_, body, status, code) => {
    const before = await state();
    for (const path of takers()) {
      expect([path, ...(await send(path, body, { ...own(), ...JSON_TYPE }))]).toEqual([path, status, code]);
    }
    expect(await state()).toEqual(before);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('P-1016 another type of content is refused by every route that takes a body', async () => {
    const before = await state();
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/json',
    ]) {
      for (const path of takers()) {
        const answer = await send(path, '{}', { ...own(), 'content-type': type });
        expect([path, ...answer]).toEqual([path, 415, 'http.unsupported-media-type']);
      }
    }
    expect(await state()).toEqual(before);
  });

  it('P-1016 JSON of the wrong shape is 422 with the fields', async () => {
    const before = await state();
    for (const path of takers().filter((one) => !BARE.test(one))) {
      for (const body of WRONG) {
        const answer = await send(path, JSON.stringify(body), { ...own(), ...JSON_TYPE });
        expect([path, body, ...answer]).toEqual([path, body, 422, 'http.invalid-input']);
      }
    }
    expect(await state()).toEqual(before);
  });

  it('P-1016 a route that takes no body refuses one that says something, before it looks anything up', async () => {
    const before = await state();
    const bare = takers().filter((one) => BARE.test(one));
    expect(bare.length).toBeGreaterThan(6);
    for (const path of bare) {
      for (const body of WRONG) {
        const says = body !== null && JSON.stringify(body) !== '{}';
        // Nothing to refuse: the session would be over, a letter sent.
        if (!says && /(sign-out|leak-report|email-proof)$/.test(path)) continue;
        const [status, code] = await send(path, JSON.stringify(body), { ...own(), ...JSON_TYPE });
        if (says) expect([path, body, status, code]).toEqual([path, body, 422, 'http.invalid-input']);
        else expect([path, body, status, code]).toEqual([path, body, 404, expect.stringMatching(/-not-found$/)]);
      }
    }
    expect(await state()).toEqual(before);
  });

  it('P-1016 one property too many is refused, and so is each of the wrong type', async () => {
    const { inboxKey: inbox } = world.tenants[0];
    const { pass } = await postJson<{ pass: string }>(
      world.origin,
      '/api/v1/chat/widget/passes',
      { inbox },
      { origin: SHOP },
    );
    const slip = await agree(world.origin, inbox, pass);
    const good = { inbox, pass, sender: newSender(), number: 1, text: 'by HTTP', slip };
    const before = await state();
    const bad = [
      ...Object.keys(good).flatMap((key) =>
        [null, ['x'], { $ne: '' }, true].map((value) => ({ ...good, [key]: value })),
      ),
      ...[{ tenantId: world.tenants[1].id }, { subjectId: 'x' }, { seq: 1 }].map((more) => ({ ...good, ...more })),
      ...['inbox', 'pass', 'sender', 'number', 'text'].map((key) => ({ ...good, [key]: undefined })),
    ];
    for (const body of bad) {
      const expected = [422, body.slip === null ? 'privacy.slip-invalid' : 'http.invalid-input'];
      expect([body, ...(await send(MESSAGES, JSON.stringify(body), JSON_TYPE))]).toEqual([body, ...expected]);
    }
    const codes = [
      [{ number: 1e300 }, 422, 'chat.packet-invalid'],
      [{ number: 2 }, 409, 'chat.sender-gap'],
      [{ sender: 'x y' }, 422, 'chat.packet-invalid'],
      [{ text: ' ' }, 422, 'chat.message-empty'],
      [{ text: '😀'.repeat(10_001) }, 422, 'chat.message-too-long'],
    ] as const;
    for (const [change, ...expected] of codes) {
      expect(await send(MESSAGES, JSON.stringify({ ...good, ...change }), JSON_TYPE)).toEqual(expected);
    }
    expect(withoutKeys(await state())).toEqual(withoutKeys(before));
    await postJson(world.origin, MESSAGES, good);
  });

  it('P-1016 a change with a member’s cookie from another origin, or from none, is refused everywhere', async () => {
    const before = await state();
    for (const { method, route } of listRoutes(world.app)) {
      if (method === 'GET') continue;
      const path = route.replace(':id', '01890000-0000-7000-8000-000000000000');
      for (const origin of ['http://evil.example', 'null', SHOP, undefined]) {
        const headers = { cookie: cookie(), ...(origin === undefined ? {} : { origin }) };
        const response = await fetch(world.origin + path, { method, headers });
        const { code } = (await response.json()) as { code: string };
        expect([method, route, response.status, code]).toEqual([method, route, 403, 'http.foreign-origin']);
      }
    }
    expect(await state()).toEqual(before);
  });

  it('P-1016 queries of the wrong form and unknown places get a code', async () => {
    const get = async (path: string) => {
      const response = await fetch(world.origin + path, { headers: { cookie: cookie() } });
      return [response.status, ((await response.json()) as { code: string }).code];
    };
    const list = '/api/v1/chat/conversations';
    const bad = [
      'view=foreign',
      'view=all&view=mine',
      'limit=0',
      'limit=1e3',
      'limit=101',
      'limit[]=1',
      'x=1',
      '__proto__=1',
    ];
    for (const query of [...bad, 'view[$ne]=all', "view=all'--"]) {
      expect([query, ...(await get(`${list}?${query}`))]).toEqual([query, 422, 'http.invalid-input']);
    }
    for (const cursor of ['x', '1.x', "1' OR 1=1", '9'.repeat(40)]) {
      expect(await get(`${list}?cursor=${encodeURIComponent(cursor)}`)).toEqual([422, 'chat.cursor-invalid']);
    }
    for (const path of ['/api/v1/nowhere', '/api/v1/chat', '/.env', '/api/v1/chat/conversations/../../../etc/passwd']) {
      expect(await get(path)).toEqual([404, 'http.not-found']);
    }
    for (const path of ['/api/v1/chat/%', '/%c0%ae%c0%ae/x']) expect((await get(path))[0]).toBe(400);
  });
});

/** Without the key store: keys are made before a write set is refused; an orphan opens nothing and is swept. */
function withoutKeys(state: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(state).filter(([table]) => !table.startsWith('1 ')));
}
