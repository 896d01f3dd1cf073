import type { Log } from '@libs/logging';
import type { Socket } from 'socket.io';
import { describe, expect, it } from 'vitest';
import { bindPackets, isString, type PacketRules, packetsOf } from './packet-door.js';

interface Line {
  readonly said: string[];
}

const RULES: PacketRules<Line> = {
  say: {
    shape: { text: isString },
    handle: ({ said }, { text }: { text: string }) => {
      said.push(text);
      return { count: said.length };
    },
  },
  defect: {
    shape: {},
    handle: () => {
      throw new Error('13800138000');
    },
  },
  slow: { shape: {}, handle: () => Promise.reject(new Error('13800138000')) },
};

/** A socket as far as packets go: `receive` is a packet that arrives. */
function bound() {
  const said: string[] = [];
  const logged: string[] = [];
  const listeners: ((...values: unknown[]) => void)[] = [];
  const socket = { connected: true, data: {}, onAny: (listener: () => void) => listeners.push(listener) };
  const log = { error: (event: string) => logged.push(event) } as unknown as Log;
  bindPackets(socket as unknown as Socket, RULES, { said }, log);
  const receive = (name: string, packet: unknown) =>
    new Promise<unknown>((resolve) => {
      for (const listener of listeners) listener(name, packet, resolve);
    });
  return { socket, said, logged, receive };
}

describe('the packets of a socket', () => {
  it('are answered by the rule of their name, for the line of the socket', async () => {
    const [one, other] = [bound(), bound()];
    expect(await one.receive('say', { text: 'a' })).toEqual({ ok: true, count: 1 });
    expect(await one.receive('say', { text: 'b' })).toEqual({ ok: true, count: 2 });
    expect(await other.receive('say', { text: 'c' })).toEqual({ ok: true, count: 1 });
    expect(packetsOf(one.socket as unknown as Socket)).toEqual(['say', 'defect', 'slow']);
  });

  it.each(['defect', 'slow'])('answer a defect of ours with a code and nothing more (%s)', async (name) => {
    const { receive, logged } = bound();
    expect(await receive(name, {})).toEqual({ ok: false, code: 'chat.unexpected' });
    expect(logged).toEqual(['chat.packet-failed']);
  });

  it.each(['unknown', 'toString', '__proto__', 'constructor'])(
    'are refused by a name that is none: %s',
    async (name) => {
      expect(await bound().receive(name, {})).toMatchObject({ ok: false, code: 'chat.packet-unknown' });
    },
  );

  it('are heard no more once the socket has ended, though they came in the same bytes', () => {
    const { socket, said, receive } = bound();
    socket.connected = false;
    void receive('say', { text: 'late' });
    expect(said).toEqual([]);
  });
});
