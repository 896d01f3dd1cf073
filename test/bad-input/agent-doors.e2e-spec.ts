import type { Ack } from '@libs/contracts';
import { SETTING_DEFAULTS } from '@libs/tenancy';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { AgentSessionWatch } from '../../apps/chat/src/messages/agent-session-watch.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { ask, must, newSender, until } from '../world/clients.js';

const HOUR = 3_600_000;
/** Sessions are compared with the clock each 10 s. */
const SWEEP_MS = 10_000;

describeColumns('agents at the door on $column with the default rates', (column) => {
  let world: ChatWorld;
  let conversationId = '';
  const shift = { ms: 0 };
  beforeAll(async () => {
    world = await openChatWorld({
      column,
      rates: { ...SETTING_DEFAULTS, 'security.second-factor': 0 },
      clock: { now: () => Date.now() + shift.ms },
    });
    // What looks each so many seconds from the first socket on: its time is moved, nobody waits for it.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    conversationId = await openConversation();
  });
  afterAll(async () => {
    vi.useRealTimers();
    await world?.close();
  });

  const openConversation = async (): Promise<string> => {
    const visitor = await world.visitor();
    must(await visitor.send('begin'));
    const { items } = await (await world.agent({ member: 0 })).list('all');
    const { id } = items[0]!;
    expect((await (await world.agent({ member: 1 })).take(id)).status).toBe(200);
    return id;
  };

  it('P-1016 a member who floods is limited and closed; a colleague goes on', async () => {
    const flooder = await world.agent({ member: 0 });
    const colleague = await world.agent({ member: 1 });
    const answers: Ack<object>[] = [];
    const began = performance.now();
    const ends: string[] = [];
    flooder.socket.on('end', ({ code }: { code: string }) => ends.push(code));
    for (let n = 0; n < 1500; n++) {
      const name = n % 3 === 0 ? 'conversation:watch' : 'sync';
      const packet = n % 3 === 0 ? { conversationId } : { conversationId, after: 0 };
      flooder.socket.emit(name, packet, (answer: Ack<object>) => answers.push(answer));
    }
    const sender = newSender();
    for (let number = 1; number <= 20; number++) {
      must(await ask(colleague.socket, 'message:send', { conversationId, sender, number, text: `calm ${number}` }));
    }
    await until(() => flooder.socket.disconnected);
    expect(ends).toContain('chat.too-many-refusals');
    const served = answers.filter((answer) => answer.ok).length;
    const seconds = (performance.now() - began) / 1000;
    const most =
      SETTING_DEFAULTS['chat.rate.member-burst'] + SETTING_DEFAULTS['chat.rate.member-per-second'] * seconds + 1;
    expect(served).toBeLessThanOrEqual(most);
    const limited = answers.find((answer) => !answer.ok) as unknown as { code: string; details: object };
    expect(limited).toMatchObject({ code: 'chat.rate-limited', details: { retryAfterMs: expect.any(Number) } });
    // A new connection brings no new tokens, and writing is bounded by the same bucket.
    const again = await world.agent({ member: 0 });
    const notes = await Promise.all(
      Array.from({ length: 150 }, (_, n) =>
        ask(again.socket, 'note:add', { conversationId, sender: 'x'.repeat(22), number: n + 1, text: 'note' }),
      ),
    );
    expect(notes.some((answer) => !answer.ok && answer.code === 'chat.rate-limited')).toBe(true);
  });

  it('P-1012 sockets end with their session, idle for 12 h; use through the socket counts as use', async () => {
    const [idle, busy] = [await world.agent({ member: 2 }), await world.agent({ member: 1 })];
    const ends: string[] = [];
    idle.socket.on('end', ({ code }: { code: string }) => ends.push(code));
    shift.ms += 11 * HOUR;
    must(await ask(busy.socket, 'conversation:watch', { conversationId }));
    // Asking and reading by itself, as a console does, is no use.
    await ask(idle.socket, 'sync', { conversationId, after: 0 });
    shift.ms += 2 * HOUR;
    vi.advanceTimersByTime(SWEEP_MS);
    await until(() => idle.socket.disconnected);
    expect(ends).toEqual(['account.session-expired']);
    expect(busy.socket.connected).toBe(true);
    await expect(world.agent({ member: 2 })).rejects.toThrow('account.not-signed-in');
  });

  it('P-1012 sockets end at the absolute end of their session, used or not', async () => {
    const [tenant] = world.tenants;
    const member = tenant.members[1]!;
    const busy = await world.agent({ member: 1 });
    const expiresAt = Date.now() + shift.ms + HOUR;
    await world.platform.work.upkeep(
      async (tx) => {
        await tx.run('UPDATE auth_session SET expires_at = ? WHERE tenant_id = ? AND member_id = ?', [
          expiresAt,
          tenant.id,
          member.id,
        ]);
      },
      new Set([tenant.id]),
    );
    shift.ms += 2 * HOUR;
    must(await ask(busy.socket, 'conversation:watch', { conversationId }));
    // That it looks by itself is shown above.
    await world.app.get(AgentSessionWatch).sweep();
    await until(() => busy.socket.disconnected);
  });
});
