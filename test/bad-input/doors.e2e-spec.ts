import { inboxByPublicKey } from '@libs/database';
import { runInTenant } from '@libs/tenancy';
import { describeColumns } from '@libs/testing';
import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type ChatWorld, openChatWorld, SHOP } from '../world/chat-world.js';
import { ask, must, until } from '../world/clients.js';
import { changeInbox, fetchFrom, refusalOf, socketFrom } from '../world/doors.js';

const TOO_MANY = 'chat.too-many-connections';
const sockets: Socket[] = [];
const kept = async (opening: Promise<Socket>): Promise<Socket> => {
  const socket = await opening;
  sockets.push(socket);
  return socket;
};

describeColumns('the doors on $column with small bounds', (column) => {
  let world: ChatWorld;
  beforeAll(async () => {
    world = await openChatWorld({
      column,
      quickLooks: true,
      rates: {
        'chat.sockets.per-address': 4,
        'chat.sockets.per-visitor': 2,
        'chat.sockets.per-member': 2,
        'chat.rate.opening-burst': 40,
        'chat.rate.opening-per-second': 2,
        'chat.rate.session-burst': 5,
        'chat.rate.session-per-second': 1,
      },
    });
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.close();
  });
  afterAll(() => world?.close());

  it('P-1016 a line opens so many sockets at one tenant; other lines and tenants feel nothing', async () => {
    const [alpha, beta] = world.tenants;
    const open = await Promise.all([1, 2, 3, 4].map(() => kept(socketFrom(world, alpha, '127.0.0.2'))));
    expect(await refusalOf(socketFrom(world, alpha, '127.0.0.2'))).toBe(TOO_MANY);
    expect(await refusalOf(socketFrom(world, alpha, '127.0.0.3'))).toBeUndefined();
    expect(await refusalOf(socketFrom(world, beta, '127.0.0.2'))).toBeUndefined();
    open[0]?.close();
    await until(async () => (await refusalOf(socketFrom(world, alpha, '127.0.0.2'))) === undefined);
    for (let n = 0; n < 10; n++) await refusalOf(socketFrom(world, beta, '127.0.0.2'));
    expect(await refusalOf(socketFrom(world, beta, '127.0.0.2'))).toBeUndefined();
  });

  it('P-1016 a visitor and a member open so many, from wherever', async () => {
    const [alpha] = world.tenants;
    const visitor = await world.visitor();
    must(await visitor.send('begin'));
    const more = await kept(socketFrom(world, alpha, '127.0.0.4', visitor.token));
    await until(async () => (await refusalOf(socketFrom(world, alpha, '127.0.0.5', visitor.token))) === TOO_MANY);
    more.close();
    await until(async () => (await refusalOf(socketFrom(world, alpha, '127.0.0.5', visitor.token))) === undefined);
    visitor.close();
    const [one] = [await world.agent({ member: 2 }), await world.agent({ member: 2 })];
    expect(await refusalOf(world.agent({ member: 2 }))).toBe(TOO_MANY);
    expect(await refusalOf(world.agent({ member: 1 }))).toBeUndefined();
    one.close();
    await until(async () => (await refusalOf(world.agent({ member: 2 }))) === undefined);
  });

  it('P-1016 a line that tries key after key is refused before the database is asked', async () => {
    const asked = vi.spyOn(world.platform.database.reader, 'all');
    const lookups = (): number => asked.mock.calls.filter(([sql]) => sql === inboxByPublicKey).length;
    const known = `/widget/inboxes/${world.tenants[0].inboxKey}.json`;
    for (let n = 0; n < 20; n++) await fetchFrom(world, '127.0.0.6', '/widget/inboxes/unknown-key.json');
    expect(lookups()).toBeLessThan(10);
    const before = lookups();
    const answers: Awaited<ReturnType<typeof fetchFrom>>[] = [];
    const refusals = () => answers.filter(({ status }) => status === 429);
    const path = (n: number) => (n % 2 === 0 ? `/widget/inboxes/unknown${n}.json` : `/widget/panel/unknown${n}`);
    // Many at once: one after the other, a slow machine would keep to the rate by itself.
    await until(async () => {
      const from = answers.length;
      const some = Array.from({ length: 75 }, (_, n) => fetchFrom(world, '127.0.0.6', path(from + n)));
      answers.push(...(await Promise.all(some)));
      return refusals().length > 10;
    });
    expect(lookups() - before).toBeLessThanOrEqual(answers.length - refusals().length);
    asked.mockRestore();
    expect(answers[0]).toMatchObject({ status: 404, code: 'chat.inbox-not-found' });
    const refused = refusals();
    expect(refused[0]).toMatchObject({ code: 'chat.rate-limited', retryAfter: '1' });
    expect(await fetchFrom(world, '127.0.0.7', '/widget/inboxes/unknown.json')).toMatchObject({ status: 404 });
    expect(await fetchFrom(world, '127.0.0.6', known)).toMatchObject({ status: 200 });
  });

  it('P-1016 a line that asks for notices of keys that exist nowhere is refused, though they are known for that', async () => {
    const asked = vi.spyOn(world.platform.database.reader, 'all').mockClear();
    const lookups = (): number => asked.mock.calls.filter(([sql]) => sql === inboxByPublicKey).length;
    const ofMisshaped = await fetchFrom(world, '127.0.0.18', '/widget/inboxes/no!key/notices');
    expect([ofMisshaped.status, lookups()]).toEqual([404, 0]);
    const answers: Awaited<ReturnType<typeof fetchFrom>>[] = [];
    const some = Array.from({ length: 50 }, () => '/widget/inboxes/not-any-key/notices');
    await until(async () => {
      answers.push(...(await Promise.all(some.map((path) => fetchFrom(world, '127.0.0.18', path)))));
      return answers.some(({ status }) => status !== 404);
    });
    asked.mockRestore();
    expect(answers[0]).toMatchObject({ status: 404 });
    expect(answers.find(({ status }) => status !== 404)).toMatchObject({ status: 429, code: 'chat.rate-limited' });
    const known = `/widget/inboxes/${world.tenants[0].inboxKey}/notices`;
    expect(await fetchFrom(world, '127.0.0.18', known)).toMatchObject({ status: 200 });
  });

  it('P-1016 signs of a visitor read nothing where no member is there, and cost nobody a message', async () => {
    // Members of the first tenant may still be on the line from the cases above.
    const visitor = await world.visitor({ tenant: world.tenants[1] });
    must(await visitor.send('begin'));
    const asked = vi.spyOn(world.platform.database.reader, 'all');
    for (let n = 0; n < 8; n += 1) must(await ask(visitor.socket, 'typing', { typing: true }));
    expect(asked.mock.calls.filter(([sql]) => sql.includes('assignee_id'))).toEqual([]);
    asked.mockRestore();
    must(await visitor.send('and a message'));
    visitor.close();
  });

  it('P-1016 a line looks at the settings of an inbox only so often; other lines and tenants feel nothing', async () => {
    const [alpha, beta] = world.tenants;
    const settings = ({ inboxKey }: { readonly inboxKey: string }) => `/widget/inboxes/${inboxKey}.json`;
    const answers: Awaited<ReturnType<typeof fetchFrom>>[] = [];
    await until(async () => {
      const some = Array.from({ length: 60 }, () => fetchFrom(world, '127.0.0.16', settings(alpha)));
      answers.push(...(await Promise.all(some)));
      return answers.some(({ status }) => status !== 200);
    });
    expect(answers[0]).toMatchObject({ status: 200 });
    expect(answers.find(({ status }) => status !== 200)).toMatchObject({ status: 429, code: 'chat.rate-limited' });
    expect(await fetchFrom(world, '127.0.0.17', settings(alpha))).toMatchObject({ status: 200 });
    expect(await fetchFrom(world, '127.0.0.16', settings(beta))).toMatchObject({ status: 200 });
  });

  it('P-1016 a line gets so many passes and consents', async () => {
    const [alpha, beta] = world.tenants;
    const path = '/api/v1/chat/widget/passes';
    const flood: Awaited<ReturnType<typeof fetchFrom>>[] = [];
    const answered = (wanted: number) => flood.filter(({ status }) => status === wanted);
    await until(async () => {
      const some = Array.from({ length: 80 }, () => fetchFrom(world, '127.0.0.8', path, { inbox: alpha.inboxKey }));
      flood.push(...(await Promise.all(some)));
      return answered(429).length > 5;
    });
    expect(answered(201).length).toBeGreaterThanOrEqual(40);
    expect(answered(429)[0]).toMatchObject({ code: 'chat.rate-limited', retryAfter: '1' });
    const consent = { inbox: alpha.inboxKey, pass: 'none', noticeHash: 'none', version: 1, locale: 'en' };
    await until(async () => {
      const some = Array.from({ length: 20 }, () =>
        fetchFrom(world, '127.0.0.8', '/api/v1/chat/widget/consents', consent),
      );
      return (await Promise.all(some)).some(({ code }) => code === 'chat.rate-limited');
    });
    expect((await fetchFrom(world, '127.0.0.8', path, { inbox: beta.inboxKey })).status).toBe(201);
    expect((await fetchFrom(world, '127.0.0.9', path, { inbox: alpha.inboxKey })).status).toBe(201);
  });

  it('F-1406 polls beyond the rate are refused before they are noted, and noted at a trickle', async () => {
    const [alpha] = world.tenants;
    const visitor = await world.visitor();
    must(await visitor.send('begin'));
    const rows = async (): Promise<number> => {
      await world.platform.networkLog.flush();
      const context = { tenantId: alpha.id, actor: { kind: 'system', id: 'test' }, correlationId: 'test' } as const;
      const [row] = await runInTenant(context, () =>
        world.platform.database.reader.all<{ n: number | string }>(
          'SELECT COUNT(*) AS n FROM audit_network_log WHERE tenant_id = ?',
          [alpha.id],
        ),
      );
      return Number(row?.n);
    };
    const before = await rows();
    const began = performance.now();
    const path = `${world.origin}/api/v1/chat/widget/messages?inbox=${alpha.inboxKey}&after=0`;
    const headers = { authorization: `Bearer ${visitor.token}` };
    const statuses = await Promise.all(Array.from({ length: 60 }, async () => (await fetch(path, { headers })).status));
    const answered = statuses.filter((status) => status === 200).length;
    expect(statuses.filter((status) => status === 429).length).toBe(60 - answered);
    // Both rates refill while a slow machine is at it, so what they allow grows with what it took.
    const seconds = (performance.now() - began) / 1000;
    // A burst of 5 and one a second, for this line and for the visitor.
    expect(answered).toBeLessThan(12 + 2 * seconds);
    // Noted behind the answer.
    await until(async () => (await rows()) - before >= answered);
    const noted = (await rows()) - before;
    // Refusals are noted in a burst of 3 and one in ten seconds.
    expect(noted).toBeLessThanOrEqual(answered + 4 + seconds / 10);
  });

  it('F-0303 sockets end when their page’s origin is struck off or the inbox is switched off', async () => {
    const [, beta] = world.tenants;
    const ends: string[] = [];
    const socket = await kept(socketFrom(world, beta, '127.0.0.2'));
    const other = await kept(socketFrom(world, world.tenants[0], '127.0.0.2'));
    socket.on('end', ({ code }: { code: string }) => ends.push(code));
    await changeInbox(world, beta, { origins: [SHOP, 'http://new.example'], active: true });
    // Another page's socket ends for the next change: by then this one was looked at as well, twice.
    const opening = () => socketFrom(world, beta, '127.0.0.2', undefined, 'http://new.example');
    await until(async () => (await refusalOf(opening())) === undefined);
    const leaving = await kept(opening());
    await changeInbox(world, beta, { origins: [SHOP], active: true });
    await until(() => !leaving.connected);
    expect(socket.connected).toBe(true);
    expect(await ask(socket, 'sync', { after: 0 })).toMatchObject({ code: 'privacy.consent-required' });
    await changeInbox(world, beta, { origins: ['http://new.example'], active: true });
    await until(() => !socket.connected);
    expect(ends).toEqual(['chat.origin-refused']);
    await changeInbox(world, beta, { origins: [SHOP], active: true });
    await until(async () => (await refusalOf(socketFrom(world, beta, '127.0.0.2'))) === undefined);
    const again = await kept(socketFrom(world, beta, '127.0.0.2'));
    again.on('end', ({ code }: { code: string }) => ends.push(code));
    await changeInbox(world, beta, { origins: [SHOP], active: false });
    await until(() => !again.connected);
    expect(ends).toEqual(['chat.origin-refused', 'chat.inbox-not-found']);
    expect(other.connected).toBe(true);
    await changeInbox(world, beta, { origins: [SHOP], active: true });
  });
});
