import { describe, expect, it } from 'vitest';
import type { LinkEvents } from './link.js';
import { ManualTimers } from './model-server.fixture.js';
import { PollingLink } from './polling-link.js';

const page = { items: [], upTo: 4, more: false, agentCursor: { delivered: 0, read: 0 } };

function aLink(answer: () => { readonly status: number; readonly body: unknown } | undefined, token?: string) {
  const asked: { readonly url: string; readonly init: RequestInit }[] = [];
  const told: string[] = [];
  const timers = new ManualTimers();
  const events: LinkEvents = {
    up: () => told.push('up'),
    down: () => told.push('down'),
    unreachable: () => undefined,
    refused: (code) => told.push(code),
    item: () => undefined,
    page: ({ upTo }) => told.push(`page ${upTo}`),
    typing: () => undefined,
    cursor: () => undefined,
    agent: () => undefined,
    queue: ({ place }) => told.push(`place ${place}`),
    watched: ({ on }) => told.push(on ? 'watched' : 'alone'),
    choices: () => undefined,
  };
  const fetchOnce = async (url: string, init: RequestInit): Promise<Response> => {
    asked.push({ url, init });
    const given = answer();
    if (!given) throw new TypeError('network');
    return { ok: given.status < 400, status: given.status, json: async () => given.body } as Response;
  };
  const credentials = { inbox: 'key', pass: async () => 'pass', token: () => token };
  return { link: new PollingLink(fetchOnce, credentials, events, () => 4, timers), asked, told, timers };
}

describe('PollingLink', () => {
  it('asks for news after the last known number every 3 s and says when the way is open', async () => {
    const { link, asked, told, timers } = aLink(() => ({ status: 200, body: page }), 'token');
    link.open();
    await timers.advance(6_500);
    expect(asked.map(({ url }) => url)).toEqual(Array(3).fill('/api/v1/chat/widget/messages?inbox=key&after=4'));
    expect(asked[0]?.init.headers).toEqual({ authorization: 'Bearer token' });
    expect(told).toEqual([
      'page 4',
      'place 0',
      'alone',
      'up',
      'page 4',
      'place 0',
      'alone',
      'page 4',
      'place 0',
      'alone',
    ]);
    link.close();
    await timers.advance(10_000);
    expect(asked).toHaveLength(3);
  });

  it('asks for nothing before the first message', async () => {
    const { link, asked, told, timers } = aLink(() => undefined);
    link.open();
    await timers.advance(7_000);
    expect(asked).toEqual([]);
    expect(told).toEqual(['up']);
  });

  it('says so when the way closes and when it opens again', async () => {
    let works = true;
    const { link, told, timers } = aLink(() => (works ? { status: 200, body: page } : undefined), 'token');
    link.open();
    await timers.advance(100);
    works = false;
    await timers.advance(3_000);
    works = true;
    await timers.advance(3_000);
    expect(told).toEqual(['page 4', 'place 0', 'alone', 'up', 'down', 'page 4', 'place 0', 'alone', 'up']);
  });

  it('F-0310 says that the way is open again after it was refused for a moment', async () => {
    const given = [200, 429, 200];
    const { link, told, timers } = aLink(() => {
      const status = given.shift() ?? 200;
      return { status, body: status === 200 ? page : { code: 'chat.rate-limited' } };
    }, 'token');
    link.open();
    await timers.advance(7_000);
    expect(told.filter((one) => !/page|place|alone/.test(one))).toEqual(['up', 'chat.rate-limited', 'up']);
  });

  it('F-0303 hears its place in the queue with each answer, and that it waits no more', async () => {
    const places: unknown[] = [{ place: 3, of: 3 }, { place: 1, of: 1 }, null];
    const { link, told, timers } = aLink(() => ({ status: 200, body: { ...page, queue: places.shift() } }), 'token');
    link.open();
    await timers.advance(6_500);
    expect(told.filter((one) => one.startsWith('place'))).toEqual(['place 3', 'place 1', 'place 0']);
  });

  it('P-0207 hears with each answer whether somebody looks on', async () => {
    const looks: unknown[] = [true, true, false, undefined];
    const { link, told, timers } = aLink(() => ({ status: 200, body: { ...page, watched: looks.shift() } }), 'token');
    link.open();
    await timers.advance(9_500);
    expect(told.filter((one) => /watched|alone/.test(one))).toEqual(['watched', 'watched', 'alone', 'alone']);
  });

  it('sends the packet with inbox and pass, and without Authorization while there is no token', async () => {
    const { link, asked } = aLink(() => ({ status: 201, body: { seq: 1, at: 2, token: 'new' } }));
    const answer = await link.send({ sender: 's', number: 1, text: 'hi', slip: 'slip' });
    expect(answer).toEqual({ ok: true, seq: 1, at: 2, token: 'new' });
    expect(asked[0]?.init.headers).toEqual({ 'content-type': 'application/json' });
    expect(JSON.parse(String(asked[0]?.init.body))).toEqual({
      sender: 's',
      number: 1,
      text: 'hi',
      slip: 'slip',
      inbox: 'key',
      pass: 'pass',
    });
  });

  it('tells a refusal from an unknown outcome', async () => {
    const body = { code: 'chat.rate-limited', details: { retryAfterMs: 50 } };
    const packet = { sender: 's', number: 1, text: 'hi' };
    expect(await aLink(() => ({ status: 429, body })).link.send(packet)).toEqual({ ok: false, ...body });
    await expect(aLink(() => ({ status: 500, body: { code: 'chat.unexpected' } })).link.send(packet)).rejects.toThrow();
    await expect(aLink(() => ({ status: 502, body: 'bad gateway' })).link.send(packet)).rejects.toThrow();
    await expect(aLink(() => undefined).link.send(packet)).rejects.toThrow();
  });
});
