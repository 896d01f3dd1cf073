import { setTimeout as sleep } from 'node:timers/promises';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FollowingAgent } from '../durability/following-agent.js';
import { NumberedVisitor } from '../durability/numbered-visitor.js';
import { seededRandom } from '../durability/seeded-random.js';
import { type ChatWorld, openChatWorld, SHOP } from '../world/chat-world.js';
import { until } from '../world/clients.js';

const MESSAGES = 1000;

describeColumns('order on $column (peers C7) with real sockets', (column) => {
  let world: ChatWorld;
  beforeAll(async () => {
    world = await openChatWorld({ column });
  });
  afterAll(() => world?.close());

  it(`F-0310 ${MESSAGES} messages over cut lines, resends and restarts arrive as exactly 1..${MESSAGES} everywhere`, async () => {
    const random = seededRandom(`order on ${column}`, 20_260_302);
    const tenant = world.tenants[0];
    const place = { url: world.origin, inboxKey: tenant.inboxKey, pageOrigin: SHOP };
    const writer = new NumberedVisitor(place, 'writer');
    await writer.send(1);
    const secondTab = new NumberedVisitor(place, 'second tab', writer.visitorToken);
    const owner = new FollowingAgent(world.origin, tenant.members[0]!.cookie);
    const assignee = new FollowingAgent(world.origin, tenant.members[1]!.cookie);
    const receivers = [secondTab, owner, assignee];
    await Promise.all(receivers.map((one) => one.connect()));
    let conversationId = '';
    await until(async () => {
      [conversationId = ''] = await assignee.list('unassigned');
      return conversationId !== '';
    });
    expect(await assignee.take(conversationId)).toBe(true);
    await assignee.follow(conversationId);
    await owner.follow(conversationId, { watch: true });

    const restartsAt = new Set([250, 500, 750].map((near) => near + random.between(-99, 99)));
    let restarts = 0;
    let resent = 0;
    while (writer.acknowledged.length < MESSAGES) {
      const before = writer.acknowledged.length;
      const sending = writer.send(Math.min(random.between(1, 12), MESSAGES - before));
      const chance = random.next();
      if (chance < 0.15) await cutSoon(writer, random.between(0, 4));
      else if (chance < 0.3) await cutSoon(receivers[random.between(0, 2)]!, random.between(0, 4));
      if ([...restartsAt].some((at) => at <= before && restartsAt.delete(at))) {
        await world.restart();
        restarts += 1;
      }
      await sending;
      if (random.next() < 0.1) {
        const number = random.between(1, writer.acknowledged.length);
        const answer = await writer.resend(number);
        expect(answer).toMatchObject({ ok: true, seq: writer.acknowledged[number - 1]!.seq });
        resent += 1;
      }
    }
    await Promise.all([secondTab.sync(), owner.syncAll(), assignee.syncAll()]);
    console.log(`${restarts} restarts, ${writer.resends} resends after a lost answer, ${resent} on purpose`);
    expect(restarts).toBe(3);
    expect(writer.resends).toBeGreaterThan(0);
    expect(resent).toBeGreaterThan(0);

    const wanted = Array.from({ length: MESSAGES }, (_, index) => writer.textOf(index + 1));
    expect(writer.acknowledged.map(({ seq }) => seq)).toEqual(wanted.map((_, index) => index + 1));
    expect(secondTab.stream.entries.map(({ text }) => text)).toEqual(wanted);
    expect(secondTab.stream.entries.map(({ seq }) => seq)).toEqual(wanted.map((_, index) => index + 1));
    for (const agent of [owner, assignee]) {
      expect(agent.messages(conversationId)).toEqual(wanted);
      expect(agent.live).toBeGreaterThan(0);
    }
    for (const one of [writer, ...receivers]) one.close();
  });
});

async function cutSoon(client: { cut(): void }, ms: number): Promise<void> {
  await sleep(ms);
  client.cut();
}
