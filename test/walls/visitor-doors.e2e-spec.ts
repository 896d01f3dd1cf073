import type { VisitorSent, VisitorSynced } from '@libs/contracts';
import { LIMITS } from '@libs/contracts';
import { UnitOfWork } from '@libs/database';
import { announce } from '@libs/events';
import { ManualClock } from '@libs/kernel';
import { type Column, describeColumns } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { InboxAdmin } from '../../apps/chat/src/index.js';
import { DEMO_LOOK, DEMO_NOTICES } from '../../apps/standalone/src/demo/demo-texts.js';
import { type ChatWorld, openChatWorld, SHOP, type WorldTenant } from '../world/chat-world.js';
import { agree, ask, connect, must, newSender, postJson, until } from '../world/clients.js';
import { type Fingerprints, openFingerprints } from '../world/fingerprint.js';

const DAY_MS = 24 * 3_600_000;
const MESSAGES = '/api/v1/chat/widget/messages';

/** One world with a clock that the test moves, and a second inbox in the first tenant. */
interface Doors {
  readonly world: ChatWorld;
  readonly prints: Fingerprints;
  readonly clock: ManualClock;
  /** Public keys: ours, another one of our tenant, one of the other tenant. */
  readonly keys: readonly [string, string, string];
  close(): Promise<void>;
}

async function openDoors(column: Column): Promise<Doors> {
  const clock = new ManualClock(Date.now());
  const world = await openChatWorld({ column, clock, logLevel: 'trace', quickLooks: true });
  const prints = await openFingerprints(world.platform);
  const [alpha, beta] = world.tenants;
  const admin = new InboxAdmin(world.platform.work as UnitOfWork, clock);
  const second = await admin.create({
    ...{ tenantId: alpha.id, name: 'alpha second', origins: [SHOP] },
    ...{ look: DEMO_LOOK, notices: DEMO_NOTICES },
  });
  const keys = [alpha.inboxKey, second.key, beta.inboxKey] as const;
  const close = async (): Promise<void> => {
    await prints.close();
    await world.close();
  };
  return { world, prints, clock, keys, close };
}

const tampered = (text: string): string => {
  const at = Math.floor(text.length / 2);
  return text.slice(0, at) + (text[at] === 'b' ? 'c' : 'b') + text.slice(at + 1);
};

describeColumns('doors of the visitor on $column: passes, slips and tokens', (column) => {
  let doors: Doors;
  let origin: string;
  let before: unknown;
  beforeAll(async () => {
    doors = await openDoors(column);
    origin = doors.world.origin;
    for (const tenant of doors.world.tenants) must(await (await doors.world.visitor({ tenant })).send('warm'));
  });
  afterAll(() => doors?.close());

  const state = async () => [
    await doors.prints.of(doors.world.tenants[0].id),
    await doors.prints.of(doors.world.tenants[1].id),
  ];
  beforeEach(async () => {
    before = await state();
  });
  const expectNothingStored = async (): Promise<void> => expect(await state()).toEqual(before);

  const passOf = async (inbox: string): Promise<string> =>
    (await postJson<{ pass: string }>(origin, '/api/v1/chat/widget/passes', { inbox }, { origin: SHOP })).pass;
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(origin + path, {
      ...{ method: 'POST', body: JSON.stringify(body) },
      headers: { 'content-type': 'application/json', ...headers },
    });
    return { status: response.status, code: ((await response.json()) as { code?: string }).code };
  };
  const poll = async (inbox: string, authorization?: string) => {
    const init = authorization === undefined ? {} : { headers: { authorization } };
    const response = await fetch(`${origin}${MESSAGES}?inbox=${inbox}&after=0`, init);
    return { status: response.status, code: ((await response.json()) as { code?: string }).code };
  };
  const refusedAs = (auth: unknown): Promise<string> =>
    connect(`${origin}/widget`, { auth }).then(
      (socket) => {
        socket.close();
        return 'connected';
      },
      (error: Error) => error.message,
    );
  const packet = (more: object = {}) => ({ sender: newSender(), number: 1, text: 'let me in', ...more });

  it('P-1016 no secret of a visitor stands in a log line or in any answer but the first', async () => {
    const { world, keys } = doors;
    const visitor = await world.visitor();
    const first = must(await visitor.send('hello'));
    const again = { sender: visitor.sender, number: 2, text: 'again' };
    const later = [
      must(await ask(visitor.socket, 'message:send', again)),
      must(await ask(visitor.socket, 'sync', { after: 0 })),
    ];
    const owner = await world.agent({ member: 0 });
    const page = await owner.list('all');
    const items = await owner.get(`/conversations/${page.items[0]!.id}/items`);
    await refusedAs({ inbox: keys[0], pass: tampered(visitor.token!), token: visitor.token });
    await poll(keys[2], `Bearer ${visitor.token}`);
    expect(first.token).toMatch(/^[0-9a-f]{32,}$/);
    const seen = JSON.stringify([later, page, items, owner.items, visitor.items, world.lines]);
    expect(world.lines.length).toBeGreaterThan(0);
    for (const secret of [first.token!, visitor.slip!, owner.cookie.split('=')[1]!]) {
      expect(seen).not.toContain(secret);
    }
  });

  it('F-0303 a pass is granted to the exact origins of the inbox and to nobody else', async () => {
    const [inbox] = doors.keys;
    const path = '/api/v1/chat/widget/passes';
    const foreign = [
      ...['http://evil.example', `${SHOP}.evil.example`, `${SHOP}:8080`, 'https://shop.example', 'null', `${SHOP}/`],
      ...['http://SHOP.example', 'http://sub.shop.example', `${origin}0`],
    ];
    for (const from of foreign) {
      expect([from, await post(path, { inbox }, { origin: from })]).toEqual([
        from,
        { status: 403, code: 'chat.origin-refused' },
      ]);
    }
    expect(await post(path, { inbox })).toEqual({ status: 403, code: 'chat.origin-refused' });
    // A key that is none looks like a page that may not: nobody finds out here which keys there are.
    for (const key of ['a'.repeat(16), `${inbox.slice(0, -1)}x`]) {
      expect(await post(path, { inbox: key }, { origin: SHOP })).toEqual({ status: 403, code: 'chat.origin-refused' });
    }
    expect(await post(path, { inbox }, { origin: SHOP })).toEqual({ status: 201, code: undefined });
    // Our own origin: the hosted chat page (decision 0008).
    expect(await post(path, { inbox }, { origin })).toEqual({ status: 201, code: undefined });
    await expectNothingStored();
  });

  it('P-1016 a pass that is absent, tampered, of another inbox or over opens nothing', async () => {
    const [inbox, second, theirs] = doors.keys;
    const pass = await passOf(inbox);
    const slip = await agree(origin, inbox, pass);
    const wrong = [undefined, '', 'x', 7, null, {}, [pass], tampered(pass), `${pass}x`, slip, 'x'.repeat(5000)];
    for (const one of [...wrong, await passOf(second), await passOf(theirs)]) {
      expect([one, await refusedAs({ inbox, pass: one })]).toEqual([one, 'chat.pass-invalid']);
      const expected =
        typeof one === 'string' && one.length < 1024 ? [401, 'chat.pass-invalid'] : [422, 'http.invalid-input'];
      const sent = await post(MESSAGES, { inbox, pass: one, ...packet({ slip }) });
      expect([one, sent.status, sent.code]).toEqual([one, ...expected]);
    }
    doors.clock.advance(LIMITS.passMs);
    expect(await refusedAs({ inbox, pass })).toBe('chat.pass-expired');
    const late = await post(MESSAGES, { inbox, pass, ...packet({ slip }) });
    expect(late).toEqual({ status: 401, code: 'chat.pass-expired' });
    for (const key of ['nowhere-at-all', 7, null, undefined, { $ne: 1 }, '__proto__']) {
      expect(await refusedAs({ inbox: key, pass })).toBe('chat.inbox-not-found');
    }
    expect(await refusedAs(undefined)).toBe('chat.inbox-not-found');
    await expectNothingStored();
  });

  it('P-0101 a slip that is absent, foreign, tampered or over stores nothing', async () => {
    const [inbox, second, theirs] = doors.keys;
    const slipOf = async (key: string) => agree(origin, key, await passOf(key));
    const own = await slipOf(inbox);
    const pass = await passOf(inbox);
    const socket = await connect(`${origin}/widget`, { auth: { inbox, pass } });
    const both = async (slip: string | undefined) => [
      await ask<VisitorSent>(socket, 'message:send', packet(slip === undefined ? {} : { slip })),
      await post(MESSAGES, { inbox, pass: await passOf(inbox), ...packet({ slip }) }),
    ];
    const expectBoth = async (slip: string | undefined, status: number, code: string): Promise<void> =>
      expect(await both(slip)).toEqual([
        { ok: false, code },
        { status, code },
      ]);
    await expectBoth(undefined, 403, 'privacy.consent-required');
    for (const slip of ['', 'x', tampered(own), `${own}.x`, pass, await slipOf(second), await slipOf(theirs)]) {
      await expectBoth(slip, 422, 'privacy.slip-invalid');
    }
    doors.clock.advance(LIMITS.slipMs);
    await expectBoth(own, 403, 'privacy.slip-expired');
    expect(await ask(socket, 'sync', { after: 0 })).toMatchObject({ ok: false, code: 'privacy.consent-required' });
    socket.close();
    await expectNothingStored();
  });

  it('P-1016 a token that is tampered, of another inbox or tenant, or no token is never ignored', async () => {
    const { world, keys } = doors;
    const [inbox, second, theirs] = keys;
    const visitor = await world.visitor();
    must(await visitor.send('mine'));
    const token = visitor.token!;
    const slip = await agree(origin, inbox, await passOf(inbox));
    before = await state();
    const wrong = ['', 'x', tampered(token), token.slice(1), token.toUpperCase(), '%00', 'ü', `${token} ${token}`];
    for (const one of [...wrong, 7, null, {}, [token], { $ne: '' }]) {
      expect([one, await refusedAs({ inbox, pass: await passOf(inbox), token: one })]).toEqual([
        one,
        'chat.token-invalid',
      ]);
    }
    const invalid = { status: 401, code: 'chat.token-invalid' };
    for (const header of [
      '',
      'Bearer',
      'Bearer x',
      `Bearer ${tampered(token)}`,
      `Basic ${token}`,
      token,
      `bearer ${token}`,
    ]) {
      expect([header, await poll(inbox, header)]).toEqual([header, invalid]);
      const body = { inbox, pass: await passOf(inbox), ...packet({ slip }) };
      expect([header, await post(MESSAGES, body, { authorization: header })]).toEqual([header, invalid]);
    }
    for (const key of [second, theirs]) {
      expect(await refusedAs({ inbox: key, pass: await passOf(key), token })).toBe('chat.token-invalid');
      expect(await poll(key, `Bearer ${token}`)).toEqual(invalid);
    }
    expect(await poll(inbox)).toEqual(invalid);
    await expectNothingStored();
    expect(await poll(inbox, `Bearer ${token}`)).toEqual({ status: 200, code: undefined });
  });

  it('P-0211 a token opens its own visitor’s messages and no others', async () => {
    const { world } = doors;
    const [one, other] = [await world.visitor(), await world.visitor()];
    must(await one.send('first person'));
    must(await other.send('second person'));
    const again = await world.visitor({ token: one.token! });
    const synced = must(await ask<VisitorSynced>(again.socket, 'sync', { after: 0 }));
    expect(synced.items.map(({ text }) => text)).toEqual(['first person']);
    must(await other.send('more of the second'));
    must(await one.send('more of the first'));
    await until(() => again.items.length > 0);
    expect(again.items.map(({ text }) => text)).toEqual(['more of the first']);
  });

  it('P-1016 a token that is revoked or over opens nothing, and its slip makes no second person', async () => {
    const { world, keys, clock } = doors;
    const [inbox] = keys;
    const [alpha] = world.tenants;
    const [over, revoked] = [await world.visitor(), await world.visitor()];
    must(await over.send('one'));
    must(await revoked.send('two'));
    clock.advance(1000);
    await withdraw(world, alpha);
    before = await state();
    expect(await refusedAs({ inbox, pass: await passOf(inbox), token: revoked.token })).toBe('chat.token-invalid');
    expect(await poll(inbox, `Bearer ${revoked.token}`)).toEqual({ status: 401, code: 'chat.token-invalid' });
    const fresh = await connect(`${origin}/widget`, { auth: { inbox, pass: await passOf(inbox) } });
    const resent = { sender: revoked.sender, number: 1, text: 'two', slip: revoked.slip };
    expect(await ask(fresh, 'message:send', resent)).toEqual({ ok: false, code: 'chat.token-invalid' });
    fresh.close();
    clock.advance(181 * DAY_MS);
    expect(await refusedAs({ inbox, pass: await passOf(inbox), token: over.token })).toBe('chat.token-invalid');
    // Keys are made before the write set is refused; such an orphan opens nothing and is swept (design 5).
    const rows = (all: unknown) => JSON.stringify(all).replace(/"1 keystore_[^,}]+/g, '');
    expect(rows(await state())).toEqual(rows(before));
  });

  it('P-0101 a notice that was superseded is refused by name, at agreeing and at the first message', async () => {
    const { world, keys, clock } = doors;
    const [inbox] = keys;
    const pass = await passOf(inbox);
    const old = await noticeOf(origin, inbox);
    const slip = await agree(origin, inbox, pass);
    const consent = (version: number, noticeHash: string) =>
      post('/api/v1/chat/widget/consents', { inbox, pass, noticeHash, version, locale: 'zh-CN' });
    expect(await consent(99, old.hash)).toEqual({ status: 422, code: 'privacy.notice-unknown' });
    expect(await consent(1, 'f'.repeat(64))).toEqual({ status: 422, code: 'privacy.notice-unknown' });
    await publish(world, world.tenants[0], clock.now());
    await until(async () => (await noticeOf(origin, inbox)).version === 2);
    before = await state();
    expect(await consent(1, old.hash)).toEqual({ status: 409, code: 'privacy.policy-superseded' });
    const sent = await post(MESSAGES, { inbox, pass, ...packet({ slip }) });
    expect(sent).toEqual({ status: 409, code: 'privacy.policy-superseded' });
    await expectNothingStored();
    must(await (await world.visitor()).send('under the new notice'));
  });

  it('P-0101 F-0310 who is known is not asked for a slip: an old, foreign or broken one is ignored', async () => {
    const { world, keys, clock } = doors;
    const [inbox, second] = keys;
    const known = await world.visitor();
    const first = must(await known.send('before'));
    await publish(world, world.tenants[0], clock.now(), 3);
    await until(async () => (await noticeOf(origin, inbox)).version === 3);
    // This client sends its slip with every message.
    expect(must(await known.send('after'))).toMatchObject({ seq: 2, token: first.token });
    const fresh = await connect(`${origin}/widget`, { auth: { inbox, pass: await passOf(inbox) } });
    const resent = { sender: known.sender, number: 1, text: 'before', slip: known.slip };
    expect(must(await ask<VisitorSent>(fresh, 'message:send', resent))).toEqual(first);
    fresh.close();
    const returned = await world.visitor({ token: first.token! });
    const foreign = await agree(origin, second, await passOf(second));
    for (const [at, slip] of ['', 'x', tampered(known.slip!), foreign].entries()) {
      const sent = { sender: returned.sender, number: at + 1, text: 'still me', slip };
      expect(await ask<VisitorSent>(returned.socket, 'message:send', sent)).toEqual({
        ...{ ok: true, seq: at + 3, at: expect.any(Number) },
      });
    }
    clock.advance(LIMITS.slipMs);
    expect(must(await known.send('much later'))).toMatchObject({ seq: 7, token: first.token });
  });
});

async function noticeOf(origin: string, inbox: string): Promise<{ hash: string; version: number }> {
  const response = await fetch(`${origin}/widget/inboxes/${inbox}.json`);
  return ((await response.json()) as { notice: Record<string, { hash: string; version: number }> }).notice['zh-CN']!;
}

/** Takes every visitor token of the tenant back. */
async function withdraw({ platform }: ChatWorld, { id }: WorldTenant): Promise<void> {
  await platform.work.upkeep(
    async (tx) => tx.run('UPDATE chat_visitor_token SET revoked_at = ? WHERE tenant_id = ?', [1, id]),
    new Set([id]),
  );
}

/** A later version of the notice, in both languages. */
async function publish({ platform }: ChatWorld, { id, inboxId }: WorldTenant, at: number, version = 2): Promise<void> {
  await platform.work.upkeep(
    async (tx) => {
      const rows = Object.entries(DEMO_NOTICES).map(([locale, text]) => {
        const body = JSON.stringify({ ...text, purpose: `${text.purpose} (${version})` });
        return [id, inboxId, version, locale, `${version}${locale.length.toString(16).repeat(63)}`, body, at];
      });
      await tx.insert('chat_notice', ['tenant_id', 'inbox_id', 'version', 'locale', 'hash', 'body', 'at'], rows);
      await announce(tx, { kind: 'origin', tenantId: id, ref: inboxId });
    },
    new Set([id]),
  );
}
