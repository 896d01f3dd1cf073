import { createAuth } from '@libs/auth';
import { announce } from '@libs/events';
import { newId } from '@libs/kernel';
import { authPorts } from '@libs/platform';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatWorld, openChatWorld, openSession } from '../world/chat-world.js';
import { ask, openAgent, until } from '../world/clients.js';

describeColumns('revoked sessions on $column over sockets', (column) => {
  let world: ChatWorld;
  beforeAll(async () => {
    world = await openChatWorld({ column, quickLooks: true });
  });
  afterAll(() => world?.close());

  it('P-1012 a new password closes open sockets within 5 s, and the new session’s socket stays open', async () => {
    const member = world.tenants[0].members[1]!;
    const old = await world.agent({ member: 1 });
    const ends: string[] = [];
    old.socket.on('end', ({ code }: { code: string }) => ends.push(code));
    const { accounts, sessions } = createAuth(authPorts(world.platform));
    await accounts.setPassword(member.email, `fresh-${newId()}`);
    await until(() => old.socket.disconnected);
    expect(ends).toEqual(['account.session-revoked']);
    const fresh = await openAgent(
      world.origin,
      await openSession(world.platform, sessions, world.tenants[0].id, member.id),
    );
    // The feed reads the same rows again and again for a minute.
    for (let reads = 0; reads < 5; reads += 1) {
      await world.platform.feed.poll();
      await ask(fresh.socket, 'sync', { conversationId: newId(), after: 0 });
    }
    expect(fresh.socket.connected).toBe(true);
    fresh.close();
  });

  it('C6 P-1012 news that a process reads late ends no socket that was opened after it', async () => {
    const [tenant] = world.tenants;
    const agent = await world.agent({ member: 2 });
    const ends: string[] = [];
    agent.socket.on('end', ({ code }: { code: string }) => ends.push(code));
    // As from a process where the member has just confirmed the notice, whose row this one reads only now.
    for (const kind of ['session', 'role'] as const) {
      const row = { kind, tenantId: tenant.id, ref: tenant.members[2]!.id };
      await world.platform.work.upkeep(async (tx) => announce(tx, row), new Set([tenant.id]));
    }
    await world.platform.feed.poll();
    for (let asked = 0; asked < 5; asked += 1) await ask(agent.socket, 'sync', { conversationId: newId(), after: 0 });
    expect(ends).toEqual([]);
    expect(agent.socket.connected).toBe(true);
    agent.close();
  });
});
