import type { Ack, VisitorSent } from '@libs/contracts';
import { SETTING_DEFAULTS } from '@libs/tenancy';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { ask, must, until, type Visitor } from '../world/clients.js';

/** The most that a visitor's bucket has given since `began`. */
const mostSince = (began: number): number =>
  SETTING_DEFAULTS['chat.rate.session-burst'] +
  SETTING_DEFAULTS['chat.rate.session-per-second'] * ((performance.now() - began) / 1000) +
  1;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describeColumns('a flood on $column with the default rates', (column) => {
  let world: ChatWorld;
  beforeAll(async () => {
    world = await openChatWorld({ column, rates: { ...SETTING_DEFAULTS, 'security.second-factor': 0 } });
  });
  afterAll(() => world?.close());

  /** Each of `visitors` sends `rounds` messages with pauses; none may be refused. */
  const talkOn = async (visitors: readonly Visitor[], rounds: number): Promise<void> => {
    for (let round = 0; round < rounds; round++) {
      for (const visitor of visitors) must(await visitor.send(`round ${round}`));
      await pause(50);
    }
  };
  const lengthOf = async (id: string): Promise<number> => {
    const owner = await world.agent({ member: 0 });
    const { body } = await owner.get<{ seq: number }>(`/conversations/${id}`);
    return body.seq;
  };
  const newest = async (): Promise<string> => {
    const { items } = await (await world.agent({ member: 0 })).list('all');
    return items.reduce((one, other) => (other.id > one.id ? other : one)).id;
  };

  it('P-1016 a thousand messages a second: that client is limited, everybody else is served meanwhile', async () => {
    const others = [await world.visitor(), await world.visitor(), await world.visitor()];
    const flooder = await world.visitor();
    for (const visitor of [...others, flooder]) must(await visitor.send('begin'));
    const conversation = await newest();
    const began = performance.now();
    const answers: Ack<VisitorSent>[] = [];
    const ends: string[] = [];
    flooder.socket.on('end', ({ code }: { code: string }) => ends.push(code));
    const flooding = (async () => {
      for (let tick = 0; tick < 100; tick++) {
        for (let n = 0; n < 10; n++) {
          const packet = { sender: flooder.sender, number: tick * 10 + n + 2, text: `flood ${tick} ${n}` };
          flooder.socket.emit('message:send', packet, (answer: Ack<VisitorSent>) => answers.push(answer));
        }
        await pause(10);
      }
    })();
    await talkOn(others, 5);
    await flooding;
    await until(() => flooder.socket.disconnected);
    expect(ends).toEqual(['chat.too-many-refusals']);
    const accepted = answers.filter((answer) => answer.ok);
    const limited = answers.filter((answer) => !answer.ok && answer.code === 'chat.rate-limited');
    expect(accepted.length).toBeLessThanOrEqual(mostSince(began));
    expect(limited.length).toBeGreaterThan(100);
    for (const { details } of limited as unknown as { details: { retryAfterMs: number } }[]) {
      expect(details.retryAfterMs).toBeGreaterThan(0);
    }
    // What was taken at the very end may have lost its answer with the line; nothing beyond the rate was taken.
    const length = await lengthOf(conversation);
    expect(length).toBeGreaterThan(accepted.length);
    expect(length).toBeLessThanOrEqual(mostSince(began) + 1);
  });

  it('P-1016 who waits as told may go on with the same number', async () => {
    const visitor = await world.visitor();
    must(await visitor.send('begin'));
    const { sender, socket } = visitor;
    const say = (number: number, text: string) => ask<VisitorSent>(socket, 'message:send', { sender, number, text });
    // All at once: one after the other, a slow machine would keep to the rate by itself.
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => say(n + 2, `message ${n}`)));
    const next = answers.findIndex(({ ok }) => !ok) + 2;
    const refused = answers.findLast((answer) => !answer.ok && answer.code === 'chat.rate-limited');
    expect(answers[next - 2]).toMatchObject({ ok: false, code: 'chat.rate-limited' });
    await pause((refused as unknown as { details: { retryAfterMs: number } }).details.retryAfterMs + 20);
    must(await say(next, 'patient'));
  });

  it('P-1016 a storm of signs and questions is limited as well and reaches agents as a trickle', async () => {
    const visitor = await world.visitor();
    must(await visitor.send('begin'));
    const owner = await world.agent({ member: 0 });
    must(await ask(owner.socket, 'conversation:watch', { conversationId: await newest() }));
    const began = performance.now();
    let heard = 0;
    owner.socket.on('typing', () => {
      heard += 1;
    });
    for (let n = 0; n < 60; n++) visitor.socket.emit('typing', { typing: n % 2 === 0 });
    const storm = await Promise.all(Array.from({ length: 100 }, () => ask(visitor.socket, 'sync', { after: 0 })));
    expect(storm.filter((answer) => !answer.ok && answer.code === 'chat.rate-limited').length).toBeGreaterThan(50);
    await until(() => heard > 0);
    await pause(200);
    expect(heard).toBeLessThanOrEqual(Math.min(mostSince(began), 59));
  });

  it('P-1016 one tenant’s rate takes nothing from another’s visitors at the same address', async () => {
    const [, beta] = world.tenants;
    const flooder = await world.visitor();
    const theirs = await world.visitor({ tenant: beta });
    must(await flooder.send('begin'));
    must(await theirs.send('begin'));
    await Promise.all(Array.from({ length: 100 }, () => ask(flooder.socket, 'sync', { after: 0 })));
    for (let n = 0; n < 10; n++) must(await theirs.send(`quiet ${n}`));
  });
});
