import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { WebSocketGateway } from '@nestjs/websockets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../test/servers/index.mjs';
import { aToyApp, type ToyApp, toyModule } from './testing/toy-app.js';

/** A frame of a client, whose mask of zeros changes nothing. */
function frame(kind: number, text: string): Buffer {
  return Buffer.concat([Buffer.from([0x80 | kind, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}

const PING = frame(9, 'x'.repeat(125));
const ENTER = frame(1, `40/${'x'.repeat(100)},`);
const TIMES = 1000;
/** More than the system keeps of answers that nobody reads. */
const MANY_ROUNDS = 150;

@WebSocketGateway({ namespace: '/toy' })
class ToyGateway {}

let toy: ToyApp;
beforeAll(async () => {
  const module = { ...toyModule(), providers: [ToyGateway] };
  toy = await aToyApp({ module, listen: true, env: { PORT: String(await freePort()) } });
});
afterAll(() => toy.close());

async function line(): Promise<Socket> {
  const { hostname, port } = new URL(toy.url!);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  const lines = [
    ...['GET /socket.io/?EIO=4&transport=websocket HTTP/1.1', `Host: ${hostname}:${port}`, 'Upgrade: websocket'],
    ...['Connection: Upgrade', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='],
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toContain(' 101 ');
  return socket;
}

function goneOn(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const on = (): void => {
      socket.off('drain', on).off('close', on);
      resolve();
    };
    socket.on('drain', on).on('close', on);
  });
}

/** Sends `one` again and again; true when the line was ended for it. */
async function isEndedFor(one: Buffer, socket: Socket, rounds: number): Promise<boolean> {
  const many = Buffer.concat(Array.from({ length: TIMES }, () => one));
  for (let round = 0; round < rounds && !socket.destroyed; round += 1) {
    if (!socket.write(many)) await goneOn(socket);
  }
  return socket.destroyed;
}

/** A line that reads what comes; counts the answers to attempts. */
async function reading(): Promise<{ readonly socket: Socket; readonly answers: () => number }> {
  const socket = await line();
  let text = '';
  socket.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1');
  });
  return { socket, answers: () => text.split('Invalid namespace').length - 1 };
}

describe('P-1016 a line that asks without end', () => {
  it('is ended where it pings and reads no answer', async () => {
    const socket = await line();
    socket.pause();
    expect(await isEndedFor(PING, socket, MANY_ROUNDS)).toBe(true);
  });

  it('stays where it pings and reads', async () => {
    const { socket } = await reading();
    expect(await isEndedFor(PING, socket, 10)).toBe(false);
    socket.destroy();
  });

  it('is ended after ten attempts to enter a namespace, whether it reads or not', async () => {
    const { socket, answers } = await reading();
    socket.write(Buffer.concat(Array.from({ length: TIMES }, () => ENTER)));
    await once(socket, 'close');
    expect(answers()).toBeLessThanOrEqual(11);
  });
});
