import { announce } from '@libs/events';
import { listRoutes } from '@libs/http';
import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { standaloneMigrations, standaloneModules } from '../../apps/standalone/src/standalone.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';

describeColumns('what a session without its second factor reaches on $column', (column) => {
  let world: ChatWorld;

  beforeAll(async () => {
    const services = { modules: standaloneModules, migrations: standaloneMigrations };
    world = await openChatWorld({ column, services, quickLooks: true });
  });
  afterAll(() => world?.close());

  it('P-1008 C6 a rise of the requirement ends open sockets within 5 s; then no route and no packet answers', async () => {
    const [tenant] = world.tenants;
    const owner = await world.agent({ member: 0 });
    const agent = await world.agent({ member: 1 });
    const ended = new Promise((resolve) => owner.socket.once('disconnect', resolve));
    await world.platform.work.upkeep(
      async (tx) => {
        await tx.run("UPDATE tenant_setting SET value = '1' WHERE tenant_id = ? AND name = ?", [
          ...[tenant.id, 'security.second-factor'],
        ]);
        await announce(tx, { kind: 'setting', tenantId: tenant.id, ref: tenant.id });
      },
      new Set([tenant.id]),
    );
    await ended;
    expect(agent.socket.connected).toBe(true);
    await expect(world.agent({ member: 0 })).rejects.toThrow('account.second-factor-required');
    const { cookie } = tenant.members[0]!;
    const privileged = listRoutes(world.app).filter(({ access }) => access?.kind === 'permission');
    expect(privileged.length).toBeGreaterThan(20);
    for (const { method, route } of privileged) {
      const path = route.replace(/:[A-Za-z]+/g, newId());
      const body = method === 'GET' ? {} : { body: '{}' };
      const headers = { cookie, origin: world.origin, 'content-type': 'application/json' };
      const answer = await fetch(world.origin + path, { method, headers, ...body });
      const { code } = (await answer.json()) as { code?: string };
      expect([method, route, answer.status, code]).toEqual([method, route, 403, 'account.second-factor-required']);
    }
  });
});
