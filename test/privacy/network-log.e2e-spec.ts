import { monthOf, openLogField } from '@libs/audit';
import type { SqlRow } from '@libs/database';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatWorld, openChatWorld, SHOP } from '../world/chat-world.js';
import { connect, must, postJson, until } from '../world/clients.js';

/** Exactly these, and no other (F-1406, F-1407). */
const FIELDS = [
  'address',
  'at',
  'id',
  'kind',
  'language',
  'member_id',
  'method',
  'month',
  'route',
  'search',
  'status',
  'stay_ms',
  'subject_id',
  'tenant_id',
  'url',
  'user_agent',
];

describeColumns('the network log on $column with real requests', (column) => {
  let world: ChatWorld;
  beforeAll(async () => {
    world = await openChatWorld({ column });
  });
  afterAll(() => world?.close());

  const rows = async (): Promise<SqlRow[]> => {
    await world.platform.networkLog.flush();
    const tenantId = world.tenants[0].id;
    return world.platform.work.upkeep(
      async (tx) => tx.all('SELECT * FROM audit_network_log WHERE tenant_id = ? ORDER BY at, id', [tenantId]),
      new Set([tenantId]),
    );
  };

  it('P-0806 a visitor who only looks leaves no row: settings, page, pass, consent, open socket', async () => {
    const { inboxKey } = world.tenants[0];
    await fetch(`${world.origin}/widget/inboxes/${inboxKey}.json`);
    await fetch(`${world.origin}/widget/panel/${inboxKey}`);
    const visitor = await world.visitor();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await rows()).toEqual([]);
    visitor.close();
  });

  it('F-1406 F-1407 a connection has one row with exactly the listed fields, from its first message on', async () => {
    const { inboxKey, id: tenantId } = world.tenants[0];
    const { pass } = await postJson<{ pass: string }>(
      world.origin,
      '/api/v1/chat/widget/passes',
      { inbox: inboxKey },
      { origin: SHOP },
    );
    const visitor = await world.visitor();
    must(await visitor.send('one'));
    must(await visitor.send('two'));
    const returning = await connect(`${world.origin}/widget`, {
      auth: { inbox: inboxKey, pass, token: visitor.token },
      extraHeaders: { 'user-agent': 'MARKER-AGENT/1.0', 'accept-language': 'zh-CN' },
    });
    await until(async () => (await rows()).length === 2);
    const [first, second] = await rows();
    expect(Object.keys(first!).sort()).toEqual(FIELDS);
    expect(first).toMatchObject({ kind: 'socket', route: '/widget', member_id: null, stay_ms: null });
    expect(first!.subject_id).toMatch(/^[0-9a-f-]{36}$/);
    const key = await world.platform.keys.tenantKey(tenantId, `log:${monthOf(Number(second!.at))}`);
    const row = { tenantId, id: String(second!.id) };
    expect(openLogField(key, row, 'user_agent', second!.user_agent as Buffer)).toBe('MARKER-AGENT/1.0');
    expect(openLogField(key, row, 'address', second!.address as Buffer)).toMatch(/127\.0\.0\.1/);
    expect((second!.user_agent as Buffer).toString('latin1')).not.toContain('MARKER');
    returning.close();
    await until(async () => (await rows())[1]!.stay_ms !== null);
  });

  it('F-1406 a signed-in member’s request has one row with member, route template and status', async () => {
    const agent = await world.agent();
    const before = (await rows()).length;
    await agent.get('/conversations/0190aaaa-0000-7000-8000-000000000000');
    const asked = async () => (await rows()).slice(before).find((one) => one.kind === 'http');
    // Noted behind the answer.
    await until(async () => (await asked()) !== undefined);
    const row = await asked();
    expect(row).toMatchObject({ method: 'GET', route: '/api/v1/chat/conversations/:id', status: 404 });
    expect(row!.member_id).toBe(world.tenants[0].members[1]!.id);
  });

  it('P-0803 the API has no way to change or delete a log', async () => {
    const agent = await world.agent({ member: 0 });
    const before = await rows();
    for (const method of ['DELETE', 'PUT', 'PATCH', 'POST']) {
      for (const path of ['/api/v1/audit/network-log', `/api/v1/audit/network-log/${String(before[0]!.id)}`]) {
        const response = await fetch(world.origin + path, {
          method,
          headers: { cookie: agent.cookie, origin: world.origin },
        });
        expect([403, 404, 405]).toContain(response.status);
      }
    }
    const ids = new Set((await rows()).map((row) => row.id));
    expect(before.every((row) => ids.has(row.id))).toBe(true);
  });
});
