import { type QueuePlace, SENDER_ID, type VisitorItem } from '@libs/contracts';
import { type Column, describeColumns } from '@libs/testing';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { route } from '../chat/routing-world.js';
import { openChatWorld, SHOP } from '../world/chat-world.js';
import { must, newSender, until } from '../world/clients.js';
import { ProtocolClient, send, sync } from './client.js';
import { namedTarget, type Target } from './target.js';

interface Opened {
  readonly target: Target;
  close?(): Promise<void>;
}

async function openProduct(column: Column): Promise<Opened> {
  const world = await openChatWorld({ column, quickLooks: true });
  const [{ members, inboxId, inboxKey }] = world.tenants;
  await route(world.origin, members[0]!, inboxId, { mode: 'round-robin', showPlace: true });
  return {
    target: { url: world.origin, inbox: inboxKey, origin: SHOP, tellsPlaces: true },
    close: () => world.close(),
  };
}

/** Conformance with docs/widget-protocol.md, section by section. */
function conformance(openTarget: () => Promise<Opened>): void {
  let opened: Opened | undefined;
  let client: ProtocolClient;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    opened = await openTarget();
    client = new ProtocolClient(opened.target);
  });
  afterAll(async () => {
    for (const socket of sockets) socket.close();
    await opened?.close?.();
  });

  const open = async (token?: string) => {
    const socket = await client.socket(token);
    sockets.push(socket);
    return socket;
  };
  /** A person who has written `texts`. */
  const person = async (...texts: readonly string[]) => {
    const socket = await open();
    const sender = newSender();
    const slip = await client.slip();
    const first = must(await send(socket, { sender, number: 1, text: texts[0]!, slip }));
    for (const [at, text] of texts.slice(1).entries()) must(await send(socket, { sender, number: at + 2, text }));
    return { socket, sender, slip, token: first.token!, first };
  };

  it('F-0303 1, 2 settings are public and cacheable, a pass lives ten minutes, a foreign page gets none', async () => {
    const { status, body, headers } = await client.settings();
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cache-control')).toMatch(/max-age/);
    expect(headers.get('set-cookie')).toBeNull();
    for (const locale of body.locales) expect(body.notice[locale]!.hash).toMatch(/^[0-9a-f]{64}$/);
    const pass = await client.pass();
    expect(pass.status).toBe(201);
    expect(Math.abs(pass.body.expiresAt - Date.now() - 600_000)).toBeLessThan(60_000);
    const foreign = await client.pass('http://evil.example');
    expect([foreign.status, foreign.body.code]).toEqual([403, 'chat.origin-refused']);
  });

  it('P-0101 2 agreeing answers a slip; another hash or version does not', async () => {
    const { status, body } = await client.consent();
    expect([status, typeof body.slip]).toEqual([201, 'string']);
    expect(body.expiresAt).toBeGreaterThan(Date.now());
    for (const change of [{ noticeHash: '0'.repeat(64) }, { version: 1_000_000 }]) {
      const refused = await client.consent(change);
      expect(refused.status).toBeGreaterThanOrEqual(400);
      expect(refused.status).toBeLessThan(500);
      expect(refused.body.code).toMatch(/^privacy\./);
    }
  });

  it('F-0303 4 a connection needs a pass, and a token that is shown must be right', async () => {
    await expect(open('0'.repeat(64))).rejects.toThrow('chat.token-invalid');
  });

  it('P-0101 7 the first message needs a slip, and a resend is answered with the stored result and the token', async () => {
    const socket = await open();
    const packet = { sender: newSender(), number: 1, text: 'first' };
    expect(packet.sender).toMatch(SENDER_ID);
    expect(await send(socket, packet)).toMatchObject({ ok: false, code: 'privacy.consent-required' });
    const slip = await client.slip();
    const first = must(await send(socket, { ...packet, slip }));
    expect(first).toEqual({ ok: true, seq: 1, at: expect.any(Number), token: expect.any(String) });
    expect(await send(socket, { ...packet, slip })).toEqual(first);
    expect(await send(await open(), { ...packet, slip })).toEqual(first);
    expect(must(await sync(await open(first.token), 0)).items).toHaveLength(1);
  });

  it('F-0310 6 numbers: resend, reuse, gap, and a refusal that consumes none', async () => {
    const { socket, sender, token } = await person('one', 'two');
    const number = (at: number, text: string) => send(socket, { sender, number: at, text });
    expect(await number(2, 'two')).toMatchObject({ ok: true, seq: 2 });
    expect(await number(1, 'one')).toMatchObject({ ok: true, seq: 1 });
    expect(await number(2, 'other')).toMatchObject({ ok: false, code: 'chat.sender-reused' });
    expect(await number(4, 'four')).toMatchObject({ ok: false, code: 'chat.sender-gap' });
    expect(await number(3, ' ')).toMatchObject({ ok: false, code: 'chat.message-empty' });
    expect(await number(3, 'x'.repeat(10_001))).toMatchObject({ ok: false, code: 'chat.message-too-long' });
    expect(await number(3, 'three')).toMatchObject({ ok: true, seq: 3 });
    const other = await open(token);
    expect(await send(other, { sender: newSender(), number: 2, text: 'x' })).toMatchObject({
      code: 'chat.sender-gap',
    });
    const items = must(await sync(other, 0)).items;
    expect(items.map(({ seq, text }) => [seq, text])).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, 'three'],
    ]);
  });

  it('F-0310 6 several in flight arrive in order', async () => {
    const { socket, sender } = await person('0');
    const sent = await Promise.all(
      Array.from({ length: 15 }, (_, at) => send(socket, { sender, number: at + 2, text: String(at + 1) })),
    );
    expect(sent.map((answer) => must(answer).seq)).toEqual(Array.from({ length: 15 }, (_, at) => at + 2));
  });

  it('F-0310 5, 6 sync is paged, in order, and ends with upTo', async () => {
    const { token, sender } = await person('1', '2', '3', '4', '5');
    const socket = await open(token);
    const seen: VisitorItem[] = [];
    let [after, more, pages] = [0, true, 0];
    while (more) {
      const page = must(await sync(socket, after, 2));
      seen.push(...page.items);
      expect(page.items.length).toBeLessThanOrEqual(2);
      [after, more, pages] = [page.upTo, page.more, pages + 1];
    }
    expect(pages).toBeGreaterThanOrEqual(3);
    expect(after).toBe(5);
    expect(seen.map(({ seq, from, text, number }) => [seq, from, text, number])).toEqual(
      [1, 2, 3, 4, 5].map((n) => [n, 'visitor', String(n), n]),
    );
    expect(new Set(seen.map((item) => item.sender))).toEqual(new Set([sender]));
    expect(must(await sync(socket, 5))).toMatchObject({ items: [], upTo: 5, more: false });
  });

  it('F-0310 4, 5 every tab of a visitor gets each item once, in order, and a stranger none', async () => {
    const { socket, sender, token } = await person('one');
    const [tab, stranger] = [await open(token), (await person('else')).socket];
    for (let n = 2; n <= 6; n++) must(await send(socket, { sender, number: n, text: `item ${n}` }));
    await until(() => tab.heard.length === 5);
    expect(tab.heard.map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6]);
    expect(stranger.heard).toEqual([]);
  });

  it('F-0310 5 signs and cursors are taken without an answer, and move nothing that is not there', async () => {
    const { socket, token } = await person('one');
    for (const typing of [true, false]) socket.emit('typing', { typing });
    socket.emit('cursor', { delivered: 1, read: 1 });
    socket.emit('cursor', { delivered: 9_999, read: 9_999 });
    const { agentCursor } = must(await sync(await open(token), 0));
    expect(agentCursor).toEqual({ delivered: 0, read: 0 });
  });

  it('F-0303 5 who waits is told the place, in every tab, and a place is a place', async () => {
    if (!opened!.target.tellsPlaces) return;
    const heard: QueuePlace[][] = [];
    const listen = (socket: Socket): void => {
      const mine: QueuePlace[] = [];
      heard.push(mine);
      socket.on('queue', (packet: QueuePlace) => mine.push(packet));
    };
    const { socket, token } = await person('is anybody there?');
    listen(socket);
    listen(await open(token));
    await until(() => heard.every((mine) => mine.length > 0));
    for (const { place, of } of heard.flat()) {
      expect(Number.isInteger(place) && place >= 1).toBe(true);
      expect(of === undefined || of >= place).toBe(true);
    }
    expect(new Set(heard.map((mine) => mine.at(-1)!.place)).size).toBe(1);
  });

  it('P-1016 5 a packet that cannot be read gets a code, one without a callback is dropped', async () => {
    const { socket, sender, token } = await person('one');
    const raw = (name: string, packet: unknown) => socket.timeout(10_000).emitWithAck(name, packet);
    for (const packet of [null, 7, 'x', [], {}, { sender, number: '2', text: 'x' }]) {
      expect(await raw('message:send', packet)).toMatchObject({ ok: false, code: 'chat.packet-invalid' });
    }
    expect(await raw('no:such', {})).toMatchObject({ ok: false });
    socket.emit('message:send', { sender, number: 2, text: 'nobody waits' });
    expect(must(await sync(await open(token), 0)).items).toHaveLength(1);
    expect(await send(socket, { sender, number: 2, text: 'somebody waits' })).toMatchObject({ ok: true, seq: 2 });
  });

  it('F-0304 F-0310 9 a message begun on one way is finished on the other', async () => {
    const sender = newSender();
    const packet = { sender, number: 1, text: 'by HTTP', slip: await client.slip() };
    const begun = await client.sendByHttp(packet);
    expect([200, 201]).toContain(begun.status);
    const { token, seq, at } = begun.body;
    expect(must(await send(await open(), packet))).toMatchObject({ seq, at, token });
    const socket = await open(token);
    const second = { sender, number: 2, text: 'by socket' };
    const sent = must(await send(socket, second));
    const again = await client.sendByHttp(second, token);
    expect(again.body).toEqual({ seq: sent.seq, at: sent.at });
    const third = { sender, number: 3, text: 'third' };
    expect((await client.sendByHttp(third, token)).body.seq).toBe(3);
    expect((await client.sendByHttp({ ...third, text: 'other' }, token)).body.code).toBe('chat.sender-reused');
    expect((await client.sendByHttp({ ...third, number: 9 }, token)).body.code).toBe('chat.sender-gap');
    await until(() => socket.heard.length > 0);
    expect(socket.heard.map((item) => item.seq)).toContain(3);
    const polled = await client.poll(token, 1, 1);
    expect(polled.status).toBe(200);
    expect(polled.headers.get('cache-control')).toContain('no-store');
    expect(polled.body).toMatchObject({ items: [{ seq: 2, text: 'by socket' }], upTo: 2, more: true });
    expect((await client.poll(undefined, 0)).status).toBe(401);
  });

  it('F-1501 P-0105 10 choices have a text each, and one act is about one of them', async () => {
    const { token } = await person('one');
    const { status, body, headers } = await client.choices(token);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body.erasureAt).toBeNull();
    const basic = body.choices.find(({ kind }) => kind === 'basic')!;
    expect(basic).toMatchObject({ scope: 'purpose/support-conversation', state: 'granted' });
    expect(basic.noticeHash).toBe((await client.settings()).body.notice['zh-CN']!.hash);
    for (const choice of body.choices) expect(choice).toMatchObject({ text: expect.any(String), asked: false });
    const [one, other] = body.choices.filter(({ kind }) => kind === 'extended').map(({ scope }) => scope);
    const refused = async (change: object) => (await client.choose(token!, one!, true, change)).body.code;
    expect(await refused({ scope: [one, other] })).toBe('privacy.consent-bundled');
    expect(await refused({ granted: undefined })).toBe('privacy.consent-not-express');
    expect(await refused({ scope: 'purpose/nothing' })).toBe('privacy.consent-scope-unknown');
    expect(await refused({ noticeHash: '0'.repeat(64) })).toBe('privacy.notice-unknown');
    expect((await client.choices(token)).body).toEqual(body);
    expect((await client.choices(undefined)).status).toBe(401);
  });

  it('P-0109 5, 10 a decision is heard in the other tabs; withdrawing what was never given is refused', async () => {
    const { token, socket } = await person('one');
    const stranger = (await person('else')).socket;
    const heard: string[] = [];
    socket.on('choices', () => heard.push('mine'));
    stranger.on('choices', () => heard.push('strange'));
    const { scope } = (await client.choices(token)).body.choices.find(({ kind }) => kind === 'extended')!;
    expect((await client.choose(token!, scope, false)).body.code).toBe('privacy.consent-not-given');
    const state = async (granted: boolean) =>
      (await client.choose(token!, scope, granted)).body.choices.find((choice) => choice.scope === scope)?.state;
    expect(await state(true)).toBe('granted');
    await until(() => heard.length === 1);
    expect(await state(false)).toBe('withdrawn');
    await until(() => heard.length === 2);
    expect(heard).toEqual(['mine', 'mine']);
  });

  it('P-0110 F-1606 5, 10 after everything was withdrawn doors are shut until the person agrees again', async () => {
    const { token, socket, sender } = await person('one');
    const ended: string[] = [];
    socket.on('end', ({ code }: { code: string }) => ended.push(code));
    const gone = new Promise((done) => socket.on('disconnect', done));
    const { erasureAt, choices } = (await client.withdrawAll(token!)).body;
    expect(erasureAt).toBeGreaterThan(Date.now());
    expect(choices.filter(({ state }) => state === 'granted')).toEqual([]);
    await gone;
    expect(ended).toEqual(['privacy.consent-withdrawn']);
    await expect(open(token)).rejects.toThrow('privacy.consent-withdrawn');
    const packet = { sender, number: 2, text: 'still there?' };
    expect((await client.sendByHttp(packet, token)).body.code).toBe('privacy.consent-withdrawn');
    expect((await client.poll(token, 0)).body.code).toBe('privacy.consent-withdrawn');
    const again = await client.choose(token!, 'purpose/support-conversation', true);
    expect(again.body).toMatchObject({ erasureAt: null });
    expect(must(await send(await open(token), packet)).seq).toBe(2);
  });

  it('F-0303 4 the server ends a connection with a code, or the client leaves and comes back to the same stream', async () => {
    const { socket, token } = await person('before');
    socket.close();
    const back = await open(token);
    expect(must(await sync(back, 0)).items.map(({ text }) => text)).toEqual(['before']);
    expect(must(await send(back, { sender: newSender(), number: 1, text: 'after' })).seq).toBe(2);
  });
}

const named = namedTarget();
if (named) describe(`the widget protocol as kept by ${named.url}`, () => conformance(async () => ({ target: named })));
else describeColumns('the widget protocol as kept by $column', (column) => conformance(() => openProduct(column)));
