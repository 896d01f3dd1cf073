import { describe, expect, it } from 'vitest';
import { aTab, refusedOnce, states, texts } from './a-tab.fixture.js';
import { type FakeLinkFaults } from './model-server.fixture.js';

describe('ChatClient: numbers', () => {
  it('F-0301 sends in order, numbered without a gap, and shows each message once', async () => {
    const rig = aTab();
    rig.client.open();
    for (const text of ['a', 'b', 'c']) rig.client.send(text);
    await rig.timers.advance(500);
    expect(rig.server.received.map((packet) => packet.number)).toEqual([1, 2, 3]);
    expect(texts(rig)).toEqual(['a', 'b', 'c']);
    expect(states(rig)).toEqual(['sent', 'sent', 'sent']);
    expect(rig.person.token).toBe('token-1');
  });

  it('keeps what is written offline and sends it after the connection is there', async () => {
    const rig = aTab();
    rig.client.send('a');
    rig.client.send('b');
    await rig.timers.advance(60_000);
    expect(states(rig)).toEqual(['sending', 'sending']);
    rig.client.open();
    await rig.timers.advance(500);
    expect(rig.server.items.map((item) => item.text)).toEqual(['a', 'b']);
  });

  it('F-0301 a cut cable uses up no tries, however long: what was written goes when the network is back', async () => {
    const rig = aTab({ token: 't' });
    rig.client.open();
    await rig.timers.advance(500);
    rig.network.has = false;
    rig.client.send('a');
    await rig.timers.advance(600_000);
    expect(states(rig)).toEqual(['sending']);
    expect(rig.server.received).toEqual([]);
    rig.network.has = true;
    for (const back of rig.network.back) back();
    await rig.timers.advance(500);
    expect(rig.server.items.map((item) => item.text)).toEqual(['a']);
  });

  it('a refused message consumes no number: the next one takes it over', async () => {
    const rig = aTab({ token: 't' });
    rig.server.refuse = refusedOnce('chat.message-too-long', (text) => text === 'long');
    rig.client.open();
    for (const text of ['a', 'long', 'b']) rig.client.send(text);
    await rig.timers.advance(500);
    expect(rig.server.received.map(({ number, text }) => `${number}${text}`)).toEqual(['1a', '2long', '2b']);
    expect(rig.client.snapshot().messages.find((message) => message.text === 'long')).toMatchObject({
      state: 'failed',
      code: 'chat.message-too-long',
    });
  });

  it('a lost answer to the first message makes no second person and no second message', async () => {
    const fates = ['answer-lost', 'packet-lost', 'pass'] as const;
    let at = 0;
    const rig = aTab({ faults: { fate: () => fates[at++] ?? 'pass' } });
    rig.client.open();
    rig.client.send('hello');
    await rig.timers.advance(10_000);
    expect(rig.server.persons).toBe(1);
    expect(rig.server.items).toHaveLength(1);
    expect(texts(rig)).toEqual(['hello']);
    expect(rig.person.token).toBe('token-1');
  });

  it('after five tries stays as failed, lets the others go, and can be retried or deleted', async () => {
    const rig = aTab({ token: 't' });
    rig.server.refuse = ({ text }) => (text === 'a' ? { ok: false, code: 'chat.unavailable' } : undefined);
    rig.client.open();
    rig.client.send('a');
    rig.client.send('b');
    await rig.timers.advance(120_000);
    expect(rig.server.received.filter(({ text }) => text === 'a')).toHaveLength(5);
    const failed = rig.client.snapshot().messages.find((message) => message.state === 'failed');
    expect(failed?.text).toBe('a');
    expect(rig.server.items.map((item) => item.text)).toEqual(['b']);
    rig.server.refuse = () => undefined;
    rig.client.retry(failed?.key ?? '');
    await rig.timers.advance(1_000);
    expect(rig.server.items.map((item) => item.text)).toEqual(['b', 'a']);
    expect(texts(rig)).toEqual(['b', 'a']);
  });

  it('a given-up message that was stored after all is found by its number and not doubled', async () => {
    let fate: 'no-answer' | 'pass' = 'pass';
    const rig = aTab({ token: 't', faults: { fate: () => fate } });
    rig.client.open();
    await rig.timers.advance(100);
    rig.server.attached.clear();
    fate = 'no-answer';
    rig.client.send('a');
    await rig.timers.advance(120_000);
    expect(states(rig)).toEqual(['failed']);
    fate = 'pass';
    rig.client.send('b');
    await rig.timers.advance(30_000);
    expect(rig.server.items.map((item) => item.text)).toEqual(['a', 'b']);
    expect(texts(rig)).toEqual(['a', 'b']);
    expect(states(rig)).toEqual(['sent', 'sent']);
  });

  it('an unanswered first message holds the others back; deleting it asks for consent again', async () => {
    let fate: 'packet-lost' | 'pass' = 'packet-lost';
    const rig = aTab({ faults: { fate: () => fate } });
    rig.client.open();
    rig.client.send('a');
    rig.client.send('b');
    await rig.timers.advance(120_000);
    expect(states(rig)).toEqual(['failed', 'sending']);
    fate = 'pass';
    rig.client.remove(rig.client.snapshot().messages[0]?.key ?? '');
    expect(rig.asked).toEqual(['privacy.consent-required']);
    rig.person.slip = 'slip-2';
    rig.client.consentGiven();
    await rig.timers.advance(1_000);
    expect(rig.server.items.map((item) => item.text)).toEqual(['b']);
    expect(rig.server.persons).toBe(1);
  });

  it('a number the server never saw before is started over under another sender id', async () => {
    const rig = aTab({ token: 't' });
    rig.client.open();
    rig.client.send('a');
    await rig.timers.advance(200);
    rig.server.senders.clear();
    rig.client.send('b');
    await rig.timers.advance(1_000);
    expect(rig.server.items.map((item) => `${item.number}${item.text}`)).toEqual(['1a', '1b']);
    expect(texts(rig)).toEqual(['a', 'b']);
  });
});

describe('ChatClient: refusals', () => {
  it('P-0101 a refused slip brings the notice back and keeps the message', async () => {
    const rig = aTab();
    rig.server.refuse = refusedOnce('privacy.policy-superseded', () => true);
    rig.client.open();
    rig.client.send('a');
    await rig.timers.advance(1_000);
    expect(rig.asked).toEqual(['privacy.policy-superseded']);
    expect(states(rig)).toEqual(['sending']);
    rig.client.consentGiven();
    await rig.timers.advance(1_000);
    expect(states(rig)).toEqual(['sent']);
  });

  it('P-0110 after a withdrawal nothing more is sent until the person agrees again; the text is kept', async () => {
    const rig = aTab({ token: 't' });
    rig.server.refuse = () => ({ ok: false, code: 'privacy.consent-withdrawn' });
    rig.client.open();
    rig.client.send('a');
    await rig.timers.advance(30_000);
    expect(rig.asked).toEqual(['privacy.consent-withdrawn']);
    expect([states(rig), rig.ended]).toEqual([['sending'], []]);
    rig.server.refuse = () => undefined;
    rig.client.consentGiven();
    await rig.timers.advance(1_000);
    expect(states(rig)).toEqual(['sent']);
  });

  it('an expired pass is renewed and the same message goes out; a server that refuses all is asked every 5 s', async () => {
    const rig = aTab({ token: 't' });
    rig.server.refuse = () => ({ ok: false, code: 'chat.pass-expired' });
    rig.client.open();
    rig.client.send('a');
    await rig.timers.advance(11_000);
    expect(rig.asked.length).toBeLessThanOrEqual(3);
    rig.server.refuse = () => undefined;
    await rig.timers.advance(6_000);
    expect(states(rig)).toEqual(['sent']);
  });

  it('ends when the token is revoked', async () => {
    const rig = aTab({ token: 't' });
    rig.server.refuse = () => ({ ok: false, code: 'chat.token-revoked' });
    rig.client.open();
    rig.client.send('a');
    await rig.timers.advance(1_000);
    expect(rig.ended).toEqual(['chat.token-revoked']);
    expect(rig.link.connected).toBe(false);
  });

  it('waits as long as a rate limit says', async () => {
    const rig = aTab({ token: 't' });
    rig.server.refuse = () => ({ ok: false, code: 'chat.rate-limited', details: { retryAfterMs: 7_000 } });
    rig.client.open();
    rig.client.send('a');
    await rig.timers.advance(6_000);
    expect(rig.server.received).toHaveLength(1);
    rig.server.refuse = () => undefined;
    await rig.timers.advance(2_000);
    expect(states(rig)).toEqual(['sent']);
  });
});

describe('ChatClient: 1,000 messages under random disconnects', () => {
  it.each([1, 7, 42])('F-0301 arrive as exactly 1..1000 in order (seed %i)', async (seed) => {
    const random = mulberry(seed);
    const faults: FakeLinkFaults = {
      fate: () => {
        const dice = random();
        if (dice < 0.06) return 'answer-lost';
        if (dice < 0.12) return 'packet-lost';
        return dice < 0.2 ? 'answer-late' : 'pass';
      },
    };
    const rig = aTab({ faults });
    rig.client.open();
    const wanted = Array.from({ length: 1_000 }, (_, n) => `${n + 1}`);
    for (const text of wanted) {
      rig.client.send(text);
      if (random() < 0.05) rig.link.drop();
      if (random() < 0.3) await rig.timers.advance(random() * 400);
    }
    await rig.timers.advance(2_000_000);
    expect(rig.server.items.map((item) => item.text)).toEqual(wanted);
    expect(rig.server.items.map((item) => item.number)).toEqual(wanted.map(Number));
    expect(texts(rig)).toEqual(wanted);
    expect(new Set(states(rig))).toEqual(new Set(['sent']));
    expect(rig.server.persons).toBe(1);
  });
});

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
