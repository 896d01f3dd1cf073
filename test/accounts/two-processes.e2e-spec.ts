import { AuthModule } from '@libs/auth';
import { bootstrapService, type RunningService } from '@libs/http';
import { createLogger, logLines } from '@libs/logging';
import { openPlatform, platformModule } from '@libs/platform';
import { describeColumn } from '@libs/testing';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { standaloneMigrations, standaloneModules } from '../../apps/standalone/src/standalone.js';
import { freePort } from '../servers/index.mjs';
import { openWallWorld } from '../walls/wall-world.js';
import type { ChatWorld } from '../world/chat-world.js';
import { openAgent, servedNoLonger, until } from '../world/clients.js';
import { accountCaller, hire } from './account-caller.js';

class SecondModule {}

describeColumn('mariadb', 'who loses access loses it in every process', () => {
  let world: ChatWorld;
  let second: RunningService;
  let origin: string;

  beforeAll(async () => {
    world = await openWallWorld('mariadb');
    const { destination } = logLines();
    const log = createLogger({ log: { level: 'info' } }, { destination });
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    const first = world.platform.config;
    const config = { ...first, server: { ...first.server, port, publicOrigin: origin } };
    const platform = await openPlatform({ config, log, migrations: standaloneMigrations, gate: true });
    const module = { module: SecondModule, imports: [platformModule(platform), AuthModule, ...standaloneModules] };
    second = await bootstrapService({ name: 'chat', module, config, log, clock: platform.clock });
  });
  afterAll(async () => {
    await second?.close();
    await world?.close();
  });

  const there = async (cookie: string): Promise<number> =>
    (await fetch(`${origin}/api/v1/account/me`, { headers: { cookie, origin } })).status;
  const ended = (socket: Socket): Promise<unknown> => new Promise((resolve) => socket.once('disconnect', resolve));
  const expectEnded = async (cookie: string, act: () => Promise<{ readonly status: number }>, ok: number) => {
    const agent = await openAgent(origin, cookie);
    expect(await there(cookie)).toBe(200);
    const over = ended(agent.socket);
    expect((await act()).status).toBe(ok);
    await servedNoLonger(async () => (await there(cookie)) === 200);
    await until(async () => (await there(cookie)) === 401);
    await over;
    await expect(openAgent(origin, cookie)).rejects.toThrow('account.not-signed-in');
  };

  it('C6 F-0209 a member whom one process disables has neither requests nor sockets in the other after 5 s', async () => {
    const member = await hire(world, 'agent');
    const owner = accountCaller(world, world.tenants[0].members[0]!.cookie);
    await expectEnded(member.cookie, () => owner.post(`/members/${member.id}/disable`, { version: 1 }), 200);
    expect((await member.signIn()).status).toBe(403);
  });

  it('C6 F-0111 a session that its owner ends in one process is over in the other after 5 s', async () => {
    const member = await hire(world, 'agent');
    const elsewhere = (await member.signIn()).cookie!;
    await expectEnded(member.cookie, () => accountCaller(world, elsewhere).delete('/sessions'), 204);
    expect(await there(elsewhere)).toBe(200);
  });

  it('C6 F-0113 a leak report ends every session in every process after 5 s', async () => {
    const member = await hire(world, 'agent');
    const elsewhere = (await member.signIn()).cookie!;
    await expectEnded(member.cookie, () => accountCaller(world, elsewhere).post('/me/leak-report'), 204);
    expect(await there(elsewhere)).toBe(401);
  });
});
