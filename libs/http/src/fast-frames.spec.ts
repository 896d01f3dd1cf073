import { once } from 'node:events';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installFastFrames, textFrame } from './fast-frames.js';

describe('frames past the encoder', () => {
  const http = createServer();
  const server = new Server(http, { transports: ['websocket'], perMessageDeflate: false });
  let client: Socket;
  let slow = 0;

  beforeAll(async () => {
    const namespace = server.of('/fast');
    namespace.on('connection', (socket) => {
      const { conn } = socket;
      conn.on('packetCreate', () => {
        slow += 1;
      });
      installFastFrames(socket);
      socket.on('echo', (value: unknown, ack: (value: unknown) => void) => {
        socket.emit('said', value);
        ack(value);
      });
      socket.on('kinds', (ack: (value: unknown) => void) => {
        socket.emit('none');
        socket.emit('two', 1, 2);
        socket.emit('asked', 7, ack);
        socket.volatile.emit('volatile', 3);
      });
      socket.on('mixed', (count: number, ack: () => void) => {
        for (let i = 0; i < count; i++) {
          // Every seventh goes the long way: the order must hold all the same.
          if (i % 7 === 0) conn.write(`2/fast,${JSON.stringify(['number', i])}`);
          else socket.emit('number', i);
        }
        ack();
      });
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const { port } = http.address() as { port: number };
    client = io(`http://127.0.0.1:${port}/fast`, { transports: ['websocket'] });
    await new Promise<void>((resolve) => client.on('connect', () => resolve()));
    slow = 0;
  });
  afterAll(async () => {
    client.close();
    await server.close();
  });

  it.each([0, 1, 120, 125, 126, 127, 65_400, 65_535, 65_536, 70_000])(
    'carries %i characters, alone and with signs of four bytes, through event and acknowledgement',
    async (length) => {
      for (const text of ['x'.repeat(length), `😀é中${'y'.repeat(length)}`]) {
        const said = once(client as never, 'said');
        expect(await client.timeout(5000).emitWithAck('echo', text)).toBe(text);
        expect((await said)[0]).toBe(text);
      }
    },
  );

  it('took the short way for all of them', () => {
    expect(slow).toBe(0);
  });

  it('keeps the order beside packets that take the long way', async () => {
    const numbers: number[] = [];
    client.on('number', (value: number) => numbers.push(value));
    await client.timeout(5000).emitWithAck('mixed', 500);
    expect(numbers).toEqual(Array.from({ length: 500 }, (_, i) => i));
  });

  it('leaves volatile events to Socket.IO, and carries those with an acknowledgement, several values or none', async () => {
    slow = 0;
    const heard: unknown[] = [];
    client.onAny((...packet: unknown[]) => heard.push(packet.filter((part) => typeof part !== 'function')));
    client.on('asked', (value: number, ack: (value: number) => void) => ack(value + 1));
    expect(await client.timeout(5000).emitWithAck('kinds')).toBe(8);
    expect(heard).toEqual([['none'], ['two', 1, 2], ['asked', 7], ['volatile', 3]]);
    // The volatile one alone: whether it is left out is for Socket.IO to decide.
    expect(slow).toBe(1);
  });

  it('writes the three lengths of RFC 6455', () => {
    expect([...textFrame('ab')]).toEqual([0x81, 2, 97, 98]);
    expect([...textFrame('a'.repeat(126)).subarray(0, 4)]).toEqual([0x81, 126, 0, 126]);
    expect([...textFrame('a'.repeat(65_536)).subarray(0, 10)]).toEqual([0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
  });
});
