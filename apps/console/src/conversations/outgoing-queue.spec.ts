import type { Ack, AgentSend, AgentSent } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { OutgoingQueue } from './outgoing-queue.js';

/** A server that keeps the rules of the wire: no gaps, a resend gets the stored result, a refusal takes no number. */
class Server {
  readonly stored: AgentSend[] = [];
  private readonly last = new Map<string, number>();
  receive(packet: AgentSend): Ack<AgentSent> {
    if (packet.text === 'bad') return { ok: false, code: 'chat.message-too-long' };
    const last = this.last.get(packet.sender) ?? 0;
    if (packet.number > last + 1) return { ok: false, code: 'chat.number-gap' };
    if (packet.number === last + 1) {
      this.last.set(packet.sender, packet.number);
      this.stored.push(packet);
    } else if (this.find(packet)?.text !== packet.text) return { ok: false, code: 'chat.sender-reused' };
    return { ok: true, revision: this.stored.indexOf(this.find(packet)!) + 1, seq: 1, at: 1 };
  }
  forget(): void {
    this.last.clear();
  }
  private find(packet: AgentSend): AgentSend | undefined {
    return this.stored.find((one) => one.sender === packet.sender && one.number === packet.number);
  }
}

type Line = (packet: AgentSend, server: Server) => Promise<Ack<AgentSent>>;

function world() {
  const server = new Server();
  const timers: (() => void)[] = [];
  const seen: AgentSend[] = [];
  let senders = 1;
  let line: Line = async (packet) => server.receive(packet);
  const queue = new OutgoingQueue(
    {
      conversationId: 'c',
      send: (_kind, packet) => {
        seen.push(packet);
        return line(packet, server);
      },
      newSender: () => `sender-${++senders}`,
      now: () => 0,
      later: (_ms, run) => timers.push(run),
      changed: () => undefined,
    },
    'sender-1',
  );
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const elapse = async () => {
    for (const run of timers.splice(0)) run();
    await settle();
  };
  return { server, queue, seen, settle, elapse, useLine: (next: Line) => (line = next) };
}

const lost: Line = () => Promise.reject(new Error('line'));
const ackLost: Line = (packet, server) => {
  server.receive(packet);
  return Promise.reject(new Error('line'));
};
const whole: Line = async (packet, server) => server.receive(packet);
const texts = (server: Server) => server.stored.map((packet) => `${packet.number}:${packet.text}`);

describe('OutgoingQueue', () => {
  it('numbers what is sent 1, 2, 3 in the order it was written', async () => {
    const { queue, server, settle } = world();
    queue.setOnline(true);
    for (const text of ['a', 'b', 'c']) queue.add('message', text);
    await settle();
    expect(texts(server)).toEqual(['1:a', '2:b', '3:c']);
    expect(queue.unsent).toBe(false);
  });

  it('keeps everything while the line is down and sends it after', async () => {
    const { queue, server, seen, settle } = world();
    queue.add('message', 'a');
    queue.add('note', 'b');
    await settle();
    expect(seen).toEqual([]);
    queue.setOnline(true);
    await settle();
    expect(texts(server)).toEqual(['1:a', '2:b']);
  });

  it('sends again under the same number after a lost acknowledgement, and nothing is doubled', async () => {
    const { queue, server, seen, settle, elapse, useLine } = world();
    useLine(ackLost);
    queue.setOnline(true);
    queue.add('message', 'a');
    queue.add('message', 'b');
    await settle();
    expect(queue.entries.map((entry) => entry.state)).toEqual(['waiting', 'waiting']);
    useLine(whole);
    await elapse();
    expect(texts(server)).toEqual(['1:a', '2:b']);
    expect(seen.map((packet) => packet.number)).toEqual([1, 1, 2]);
  });

  it('gives the number of a refused send to the one that follows', async () => {
    const { queue, server, settle } = world();
    queue.setOnline(true);
    for (const text of ['a', 'bad', 'c']) queue.add('message', text);
    await settle();
    expect(texts(server)).toEqual(['1:a', '2:c']);
    expect(queue.entries.find((entry) => entry.text === 'bad')).toMatchObject({
      state: 'failed',
      number: null,
      code: 'chat.message-too-long',
    });
  });

  it('never renumbers a send whose answer is unknown', async () => {
    const { queue, server, settle, elapse, useLine } = world();
    useLine(ackLost);
    queue.setOnline(true);
    queue.add('message', 'a');
    await settle();
    queue.setOnline(false);
    queue.add('message', 'bad');
    queue.add('message', 'c');
    useLine(whole);
    queue.setOnline(true);
    await elapse();
    expect(texts(server)).toEqual(['1:a', '2:c']);
  });

  it('retries a failed entry at the end, with a new number', async () => {
    const { queue, server, settle, useLine } = world();
    let refuse = true;
    useLine(async (packet, to) => (refuse ? { ok: false, code: 'chat.conversation-closed' } : to.receive(packet)));
    queue.setOnline(true);
    queue.add('message', 'a');
    await settle();
    refuse = false;
    queue.add('message', 'b');
    queue.retry(1);
    await settle();
    expect(texts(server)).toEqual(['1:b', '2:a']);
  });

  it('starts a new sender when the server no longer knows this one', async () => {
    const { queue, server, settle } = world();
    queue.setOnline(true);
    queue.add('message', 'a');
    await settle();
    server.forget();
    queue.add('message', 'b');
    await settle();
    expect(server.stored.map((packet) => [packet.sender, packet.number])).toEqual([
      ['sender-1', 1],
      ['sender-2', 1],
    ]);
  });

  it('waits and tries again when asked to slow down, then gives up visibly', async () => {
    const { queue, settle, elapse, useLine } = world();
    useLine(async () => ({ ok: false, code: 'chat.rate-limited' }));
    queue.setOnline(true);
    queue.add('message', 'a');
    await settle();
    expect(queue.entries[0]?.state).toBe('waiting');
    for (let turn = 0; turn < 6; turn += 1) await elapse();
    expect(queue.entries[0]?.state).toBe('failed');
  });

  it('lets a committed entry go only when the stream shows it', async () => {
    const { queue, settle } = world();
    queue.setOnline(true);
    queue.add('message', 'a');
    await settle();
    queue.settle(() => false);
    expect(queue.entries).toHaveLength(1);
    queue.settle((entry) => entry.number === 1);
    expect(queue.entries).toHaveLength(0);
  });

  it('arrives exactly once and in order over a line that fails at random', async () => {
    const { queue, server, settle, elapse, useLine } = world();
    let turn = 0;
    useLine((packet, to) => [whole, ackLost, lost][(turn++ * 7) % 3]!(packet, to));
    queue.setOnline(true);
    for (let count = 1; count <= 50; count += 1) queue.add('message', `m${count}`);
    for (let count = 0; count < 300 && queue.unsent; count += 1) {
      await settle();
      await elapse();
    }
    expect(server.stored.map((packet) => packet.text)).toEqual(Array.from({ length: 50 }, (_, at) => `m${at + 1}`));
  });

  it('F-0304 a reply that a colleague overtook is held with who it was; sent anyway it asks no more', async () => {
    const { queue, seen, settle, server, useLine } = world();
    useLine(async (packet) =>
      packet.seen === 3
        ? { ok: false, code: 'chat.colleague-replied', details: { memberId: 'm', seq: 4 } }
        : server.receive(packet),
    );
    queue.setOnline(true);
    queue.add('message', 'late', { seen: 3 });
    queue.add('note', 'meanwhile');
    await settle();
    expect(queue.entries).toMatchObject([
      { text: 'late', state: 'failed', overtakenBy: { memberId: 'm', seq: 4 } },
      { text: 'meanwhile', state: 'sent' },
    ]);
    queue.retry(queue.entries[0]!.key);
    await settle();
    expect(seen.at(-1)).toEqual({ conversationId: 'c', sender: 'sender-1', number: 2, text: 'late' });
    expect(queue.entries.map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it('F-0303 a note carries whom it names; what comes after is done once it is stored, and not before', async () => {
    const { queue, seen, settle } = world();
    let done = 0;
    const after = () => {
      done += 1;
    };
    queue.add('note', '@Ann', { memberIds: ['a'], after });
    queue.add('message', 'bad', { memberIds: ['a'], after });
    expect(done).toBe(0);
    queue.setOnline(true);
    await settle();
    expect(seen[0]).toMatchObject({ text: '@Ann', memberIds: ['a'] });
    expect(seen[1]).not.toHaveProperty('memberIds');
    expect([done, queue.entries.map(({ state }) => state)]).toEqual([1, ['sent', 'failed']]);
  });
});
