import type { AgentItem, VisitorSent, VisitorSynced } from '@libs/contracts';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { type Agent, ask, must, until, type Visitor } from '../world/clients.js';

/** Texts that must come back as they went in. */
const ROUND_TRIP: readonly string[] = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '"; DROP TABLE chat_message; -- \' OR 1=1 \\ %s #{7*7} {{7*7}}',
  'nul \u0000 bell \u0007 escape \u001b[31m delete \u007f',
  'line\nline\r\nline\u2028line\u2029tab\t.',
  'bidi \u202eabc\u202c \u2066iso\u2069 \u200f marks',
  'zero\u200bwidth\u200djoiner\ufeff inside',
  '👩‍👩‍👧‍👦 🇨🇳 e\u0301 é 𠮷 ﷽',
  '{"$ne":null}',
  '__proto__',
];

describeColumns('texts on $column both ways', (column) => {
  let world: ChatWorld;
  let visitor: Visitor;
  let agent: Agent;
  let number = 0;
  beforeAll(async () => {
    world = await openChatWorld({ column });
    visitor = await world.visitor();
    must(await visitor.send('begin'));
    number = 1;
    agent = await world.agent();
    const taken = await agent.take((await agent.list('unassigned')).items[0]!.id);
    expect(taken.status).toBe(200);
  });
  afterAll(() => world?.close());

  const send = async (text: string) => {
    const { sender, socket } = visitor;
    const answer = await ask<VisitorSent>(socket, 'message:send', { sender, number: number + 1, text });
    if (answer.ok) number += 1;
    return answer;
  };
  const lastSeen = async (seq: number): Promise<string> => {
    await until(() => agent.items.some((item) => item.seq === seq));
    return (agent.items.find((item) => item.seq === seq) as AgentItem & { text: string }).text;
  };
  const stored = async (seq: number): Promise<string | undefined> =>
    must(await ask<VisitorSynced>(visitor.socket, 'sync', { after: seq - 1, limit: 1 })).items[0]?.text;

  it.each(ROUND_TRIP)('F-0304 %j is stored and shown as text', async (text) => {
    const { seq } = must(await send(text));
    expect(await lastSeen(seq)).toBe(text);
    expect(await stored(seq)).toBe(text);
  });

  it('F-0304 half of a character becomes the replacement character, and a resend is still the same', async () => {
    const { seq } = must(await send('a\ud800b'));
    expect(await stored(seq)).toBe('a\ufffdb');
    const again = { sender: visitor.sender, number, text: 'a\ud800b' };
    expect(must(await ask<VisitorSent>(visitor.socket, 'message:send', again)).seq).toBe(seq);
  });

  it('F-0304 empty and blank texts are refused and consume no number', async () => {
    for (const text of ['', ' ', '\n\t\r', '\u3000\u00a0', '\ufeff']) {
      expect(await send(text)).toEqual({ ok: false, code: 'chat.message-empty' });
    }
    expect(await stored(must(await send('  trimmed \n')).seq)).toBe('trimmed');
  });

  it('F-0304 10,000 characters pass and one more is refused, counted as people count code points', async () => {
    for (const one of ['x', '喂', '😀', '\u0001']) {
      const { seq } = must(await send(one.repeat(10_000)));
      expect([...(await stored(seq))!].length).toBe(10_000);
      const refused = await send(one.repeat(10_001));
      expect(refused).toEqual({
        ...{ ok: false, code: 'chat.message-too-long' },
        details: { length: 10_001, limit: 10_000 },
      });
    }
  });
});
