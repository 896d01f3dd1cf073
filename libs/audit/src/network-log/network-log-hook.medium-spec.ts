import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { networkLogHook } from '../index.js';
import { A, entry, LogWorld } from '../testing/log-world.js';

describeColumns('what a request leaves in the network log on $column', (column) => {
  let world: LogWorld;

  beforeAll(async () => {
    world = await LogWorld.open(column);
  });

  afterAll(() => world?.close());

  beforeEach(() => world.reset());

  it('F-1406 who hangs up before the answer is noted with the address they came from; without any the row stands', async () => {
    const hook = networkLogHook(world.log, () => ({ tenantId: A, subjectId: world.subject }));
    const line: { ip: string | undefined } = { ip: '203.0.113.9' };
    const asked = (from: typeof line) => ({
      ...{ method: 'GET', url: '/x', headers: {}, routeOptions: { url: '/x' } },
      get ip() {
        return from.ip;
      },
    });
    const [known, never] = [asked(line), asked({ ip: undefined })];
    for (const request of [known, never]) await hook.onRequest(request);
    line.ip = undefined;
    for (const request of [known, never]) await hook.onResponse(request, { statusCode: 200 });
    world.log.record(entry(A, { subjectId: world.subject }));
    await world.log.flush();
    expect(world.errors).toEqual([]);
    expect((await world.rows()).map(({ address }) => address === null).sort()).toEqual([false, false, true]);
  });

  it('P-0806 someone who only looks leaves no row, neither by request nor by connection', async () => {
    world.log.record(entry(A));
    expect(world.log.openSocket(entry(A))).toBeUndefined();
    world.log.closeSocket(undefined);
    const hook = networkLogHook(world.log, () => ({ tenantId: A }));
    const request = { method: 'GET', url: '/x', ip: '203.0.113.7', headers: {}, routeOptions: { url: '/x' } };
    await hook.onRequest(request);
    await hook.onResponse(request, { statusCode: 200 });
    await networkLogHook(world.log, () => undefined).onResponse(request, { statusCode: 200 });
    await world.log.close();
    expect(await world.rows()).toEqual([]);
    expect(world.keys.keys.size).toBe(0);
  });

  it('F-1406 the hook notes route template, search text and account of a known caller', async () => {
    const member = newId();
    const hook = networkLogHook(world.log, () => ({ tenantId: A, memberId: member }));
    await hook.onResponse(
      {
        method: 'GET',
        url: '/api/v1/chat/conversations/7?search=%E9%80%80%E6%AC%BE',
        ip: '2001:db8::1',
        headers: { 'user-agent': 'x', 'accept-language': 'en' },
        routeOptions: { url: '/api/v1/chat/conversations/:id' },
      },
      { statusCode: 404 },
    );
    await world.log.flush();
    const [row] = await world.rows();
    expect(row).toMatchObject({
      member_id: member,
      subject_id: null,
      route: '/api/v1/chat/conversations/:id',
      status: 404,
    });
    expect(await world.textOf(row, 'search')).toBe('退款');
  });

  it('F-1406 what is searched for in a body is noted, and no other body', async () => {
    const hook = networkLogHook(world.log, () => ({ tenantId: A, memberId: newId() }));
    for (const url of ['/api/v1/crm/contacts/searches', '/api/v1/crm/contacts']) {
      const request = { method: 'POST', url, ip: '2001:db8::1', headers: {}, routeOptions: { url } };
      await hook.onResponse({ ...request, body: { q: '13800138000' } }, { statusCode: 200 });
    }
    await world.log.flush();
    const found = new Map<unknown, string | null>();
    for (const row of await world.rows()) found.set(row.route, await world.textOf(row, 'search'));
    expect(Object.fromEntries(found)).toEqual({
      '/api/v1/crm/contacts/searches': '13800138000',
      '/api/v1/crm/contacts': null,
    });
  });
});
