import type { DynamicModule } from '@nestjs/common';
import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { Namespace } from 'socket.io';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../test/servers/index.mjs';
import { asMember, aToyApp, type ToyApp, toyModule } from './testing/toy-app.js';

@WebSocketGateway({ namespace: '/toy' })
class ToyGateway implements OnGatewayInit<Namespace> {
  afterInit(namespace: Namespace): void {
    namespace.on('connection', (socket) =>
      socket.on('echo', (packet: unknown, ack?: (answer: object) => void) => ack?.({ ok: true, packet })),
    );
  }
}

let toy: ToyApp;
const sockets: Socket[] = [];
beforeAll(async () => {
  const base = toyModule();
  const module: DynamicModule = { ...base, providers: [ToyGateway] };
  toy = await aToyApp({ module, listen: true, env: { PORT: String(await freePort()) } });
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(() => toy.close());

function connected(options: Partial<ManagerOptions & SocketOptions> = {}): Promise<Socket> {
  const socket = io(`${toy.url}/toy`, { transports: ['websocket'], reconnection: false, forceNew: true, ...options });
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

describe('sockets', () => {
  it('P-1016 refuse polling, and a member cookie from a foreign page', async () => {
    await expect(connected({ transports: ['polling'] })).rejects.toThrow();
    const { cookie } = asMember;
    await expect(connected({ extraHeaders: { cookie, origin: 'https://evil.example' } })).rejects.toThrow();
    await expect(connected({ extraHeaders: { cookie } })).rejects.toThrow();
    expect((await connected({ extraHeaders: asMember })).connected).toBe(true);
  });

  it('P-1016 close on a packet over 64 KiB, and nobody else notices', async () => {
    const [loud, quiet] = [await connected(), await connected()];
    const gone = new Promise((resolve) => loud.once('disconnect', resolve));
    loud.emit('echo', 'x'.repeat(70_000));
    await gone;
    expect(await quiet.emitWithAck('echo', { a: 1 })).toEqual({ ok: true, packet: { a: 1 } });
  });

  it('do not serve a client library', async () => {
    expect((await fetch(`${toy.url}/socket.io/socket.io.js`)).status).toBeGreaterThanOrEqual(400);
  });
});
