import { describe, expect, it } from 'vitest';
import { aTab, states, texts } from './a-tab.fixture.js';

describe('ChatClient: stream', () => {
  it('reads history in pages on return', async () => {
    const rig = aTab({ token: 't' });
    for (let n = 1; n <= 450; n += 1) rig.server.agentSays(`${n}`);
    rig.client.open();
    await rig.timers.advance(1_000);
    expect(texts(rig)).toEqual(Array.from({ length: 450 }, (_, n) => `${n + 1}`));
  });

  it('fills a gap and drops doubles', async () => {
    const rig = aTab({ token: 't' });
    rig.client.open();
    await rig.timers.advance(100);
    const deaf = [...rig.server.attached];
    rig.server.attached.clear();
    rig.server.agentSays('one');
    rig.server.agentSays('two');
    for (const events of deaf) rig.server.attached.add(events);
    rig.server.agentSays('three');
    for (const events of deaf) events.item(rig.server.items[2]!);
    expect(texts(rig)).toEqual([]);
    await rig.timers.advance(1_000);
    expect(texts(rig)).toEqual(['one', 'two', 'three']);
  });

  it('several tabs see the same, each message once', async () => {
    const one = aTab({ token: 't' });
    const two = aTab({ token: 't', server: one.server, timers: one.timers });
    one.client.open();
    two.client.open();
    await one.timers.advance(100);
    one.client.send('from one');
    two.client.send('from two');
    one.client.send('again one');
    await one.timers.advance(2_000);
    const order = one.server.items.map((item) => item.text);
    expect(texts(one)).toEqual(order);
    expect(texts(two)).toEqual(order);
  });

  it.each(['event.feed-stale', 'chat.rate-limited', 'kernel.unexpected'])(
    'F-0310 a server that cannot be read from for a moment (%s) is asked again; the line stays up, what is said goes out',
    async (code) => {
      const rig = aTab({ token: 't' });
      rig.server.agentSays('earlier');
      let refusals = 2;
      rig.server.deaf = () => (refusals-- > 0 ? { ok: false, code } : undefined);
      rig.client.open();
      await rig.timers.advance(500);
      rig.client.send('said meanwhile');
      await rig.timers.advance(10_000);
      expect(rig.client.snapshot().line).toBe('up');
      expect(texts(rig)).toEqual(['earlier', 'said meanwhile']);
      expect(states(rig)).toEqual(['received', 'sent']);
      // What was there before is no news, however late it comes.
      expect(rig.news).toEqual(['visitor']);
      rig.server.agentSays('later');
      expect(rig.news).toEqual(['visitor', 'agent']);
    },
  );

  it('F-0310 a reading waits as long as a rate limit says', async () => {
    const rig = aTab({ token: 't' });
    rig.server.agentSays('earlier');
    let asked = 0;
    rig.server.deaf = () => {
      asked += 1;
      return asked === 1 ? { ok: false, code: 'chat.rate-limited', details: { retryAfterMs: 6_000 } } : undefined;
    };
    rig.client.open();
    await rig.timers.advance(5_500);
    expect(asked).toBe(1);
    await rig.timers.advance(1_000);
    expect(texts(rig)).toEqual(['earlier']);
  });

  it('F-0310 a gap that opened while a page was on its way is closed by another page', async () => {
    const rig = aTab({ token: 't', faults: { fate: () => 'answer-late' } });
    let slow = (): void => undefined;
    rig.client.open();
    await rig.timers.advance(1_000);
    const { sync } = rig.link;
    // The page is read now and comes later than one waits for a number that is missing.
    rig.link.sync = async (packet) => {
      const answer = rig.server.sync(packet);
      await new Promise<void>((resolve) => {
        slow = resolve;
      });
      rig.link.sync = sync;
      return answer;
    };
    void rig.client.sync();
    const deaf = [...rig.server.attached];
    rig.server.attached.clear();
    rig.server.agentSays('one');
    for (const events of deaf) rig.server.attached.add(events);
    rig.server.agentSays('two');
    await rig.timers.advance(1_000);
    slow();
    await rig.timers.advance(5_000);
    expect(texts(rig)).toEqual(['one', 'two']);
  });

  it('counts what is unread until the panel is looked at, and reports cursors at most once a second', async () => {
    const rig = aTab({ token: 't' });
    rig.client.open();
    await rig.timers.advance(100);
    for (let n = 0; n < 20; n += 1) {
      rig.server.agentSays(`${n}`);
      await rig.timers.advance(100);
    }
    expect(rig.client.snapshot().unread).toBe(20);
    rig.client.look(true);
    expect(rig.client.snapshot().unread).toBe(0);
    await rig.timers.advance(2_000);
    expect(rig.link.cursors.at(-1)).toEqual({ delivered: 20, read: 20 });
    expect(rig.link.cursors.length).toBeLessThanOrEqual(4);
  });

  it('P-0207 says that somebody looks on until that is over, also while the line is down', async () => {
    const rig = aTab({ token: 't' });
    rig.client.open();
    await rig.timers.advance(100);
    const [events] = rig.server.attached;
    expect(rig.client.snapshot().watched).toBe(false);
    events!.watched({ on: true });
    events!.agent({ name: '小敏', state: 'open' });
    rig.link.drop();
    expect(rig.client.snapshot()).toMatchObject({ watched: true, line: 'down' });
    await rig.timers.advance(2_000);
    events!.watched({ on: false });
    expect(rig.client.snapshot().watched).toBe(false);
  });

  it('own messages move from sent to delivered to read', async () => {
    const rig = aTab({ token: 't' });
    rig.client.open();
    rig.client.send('a');
    await rig.timers.advance(200);
    const [events] = rig.server.attached;
    events?.cursor({ delivered: 1, read: 0 });
    expect(states(rig)).toEqual(['delivered']);
    events?.cursor({ delivered: 1, read: 1 });
    expect(states(rig)).toEqual(['read']);
  });

  it("the typing sign fades after 6 s, and one's own is throttled", async () => {
    const rig = aTab({ token: 't' });
    rig.client.open();
    await rig.timers.advance(100);
    for (const events of rig.server.attached) events.typing({ typing: true });
    expect(rig.client.snapshot().agentTyping).toBe(true);
    await rig.timers.advance(6_001);
    expect(rig.client.snapshot().agentTyping).toBe(false);
    for (let n = 0; n < 40; n += 1) {
      rig.client.typed();
      await rig.timers.advance(100);
    }
    await rig.timers.advance(5_000);
    expect(rig.link.typings).toEqual([true, true, false]);
  });
});

describe('ChatClient: fallback', () => {
  it('goes over to HTTP when the socket is blocked, and back when it is not, without a double', async () => {
    const rig = aTab({ token: 't' });
    rig.link.blocked = true;
    rig.client.open();
    rig.client.send('a');
    await rig.timers.advance(5_000);
    expect(rig.client.snapshot().line).toBe('fallback');
    rig.client.send('b');
    await rig.timers.advance(1_000);
    rig.link.blocked = false;
    await rig.timers.advance(2_000);
    expect(rig.client.snapshot().line).toBe('up');
    rig.client.send('c');
    await rig.timers.advance(1_000);
    expect(texts(rig)).toEqual(['a', 'b', 'c']);
    expect(rig.server.received.map((packet) => packet.number)).toEqual([1, 2, 3]);
  });
});
