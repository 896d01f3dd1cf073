import type { Ack, VisitorSent, VisitorSynced } from '@libs/contracts';
import { describeColumns } from '@libs/testing';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ReadWatch } from '../../apps/chat/src/stream/read-watch.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { ask, connect, must, newSender, until, type Visitor } from '../world/clients.js';
import { type Fingerprints, openFingerprints } from '../world/fingerprint.js';

/** Frames that no client library sends, below Socket.IO. */
const FRAMES: readonly (string | Buffer)[] = [
  ...[
    '',
    'x',
    '4',
    '42',
    '42/widget,',
    '42/widget,[',
    '42/widget,{}',
    '42/widget,[]',
    '42/widget,[1]',
    '42/widget,[null]',
  ],
  ...['42/widget,["message:send"', '42/widget,[["message:send"]]', '42/widget,5["message:send",{"__proto__":{"x":1}}]'],
  ...[
    '451-/widget,["message:send",{"_placeholder":true,"num":0}]',
    '45999999999-/widget,["sync",{}]',
    '46/widget,1[1]',
  ],
  ...[
    '43/widget,1[]',
    '43/widget,999999999999["x"]',
    '41/widget,',
    '40/nowhere,',
    '40/widget,{"inbox":{}}',
    '44/widget,{}',
    '9',
    '1',
  ],
  ...['connect', 'disconnect', 'disconnecting', 'error', 'newListener', '__proto__', 'constructor', 'toString', ''].map(
    (name) => `42/widget,7["${name}",{"a":1}]`,
  ),
  `42/widget,7["message:send",${'['.repeat(20_000)}${']'.repeat(20_000)}]`,
  `42/widget,7["sync",${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}]`,
  `42/widget,7["sync",${'['.repeat(60_000)}`,
  Buffer.from([0, 255, 128, 7]),
  Buffer.alloc(10_000, 0xff),
];

/** Values in the place of a packet. */
const NOT_PACKETS: readonly unknown[] = [
  ...[undefined, null, true, 7, 1e308, '', 'text', [], [{}], {}, Buffer.from('abc'), { data: Buffer.alloc(9) }],
  JSON.parse('{"__proto__":{"sender":"x"},"number":1,"text":"x"}'),
  JSON.parse('{"constructor":{"prototype":{"polluted":1}}}'),
];

describeColumns('bad packets on $column over real sockets', (column) => {
  let world: ChatWorld;
  let prints: Fingerprints;
  let visitor: Visitor;
  beforeAll(async () => {
    world = await openChatWorld({ column });
    prints = await openFingerprints(world.platform, () => world.app.get(ReadWatch).account());
    visitor = await world.visitor();
    must(await visitor.send('good'));
  });
  afterAll(async () => {
    await prints?.close();
    await world?.close();
  });

  const state = () => prints.of(world.tenants[0].id, ['last_seen_at']);
  const returning = () => world.visitor({ token: visitor.token! });
  const expectAlive = async (): Promise<void> => {
    const { socket } = await returning();
    expect(must(await ask<VisitorSynced>(socket, 'sync', { after: 0 })).items).not.toEqual([]);
    socket.close();
  };

  it('P-1016 frames that are no packets harm nobody but their sender', async () => {
    const before = await state();
    for (const frame of FRAMES) {
      const { socket } = await returning();
      wireOf(socket).send(frame);
      await new Promise((resolve) => setTimeout(resolve, 5));
      socket.close();
    }
    await expectAlive();
    expect(await state()).toEqual(before);
  });

  it('P-1016 what is no packet of the protocol gets a code, on both namespaces', async () => {
    const before = await state();
    const agent = await world.agent();
    const { socket } = await returning();
    for (const [one, names] of [
      [socket, ['message:send', 'sync', 'typing', 'cursor']],
      [
        agent.socket,
        ['message:send', 'note:add', 'sync', 'typing', 'cursor', 'conversation:watch', 'conversation:unwatch'],
      ],
    ] as const) {
      for (const name of names) {
        for (const packet of NOT_PACKETS) {
          expect([name, await ask(one, name, packet)]).toEqual([name, { ok: false, code: 'chat.packet-invalid' }]);
        }
      }
      for (const name of ['nothing', 'item', 'message:sent', 'hasOwnProperty', '__proto__']) {
        expect(await ask(one, name, {})).toEqual({ ok: false, code: 'chat.packet-unknown' });
      }
      expect(await one.timeout(5000).emitWithAck('sync')).toEqual({ ok: false, code: 'chat.packet-invalid' });
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    await expectAlive();
    expect(await state()).toEqual(before);
  });

  it('P-1016 each field of a packet is checked on its own', async () => {
    const before = await state();
    const { socket } = await returning();
    const good = { sender: newSender(), number: 1, text: 'x' };
    const bad: readonly object[] = [
      ...['', 'short', 'x'.repeat(33), 'with space in it', 7, null, ['a'], {}].map((sender) => ({ sender })),
      ...[0, -1, 1.5, '1', null, 2 ** 53, Number.MAX_VALUE, [1], true].map((number) => ({ number })),
      ...[7, null, ['x'], {}, true, Buffer.from('x')].map((text) => ({ text })),
      ...[7, null, ['x'], {}].map((slip) => ({ slip })),
      { extra: 1 },
      { conversationId: '01890000-0000-7000-8000-000000000000' },
    ];
    for (const change of bad) {
      const answer = await ask(socket, 'message:send', { ...good, ...change });
      expect([change, answer]).toEqual([change, { ok: false, code: 'chat.packet-invalid' }]);
    }
    for (const change of [
      { after: -1 },
      { after: 1.5 },
      { after: '0' },
      { after: 0, limit: 'x' },
      { after: 2 ** 53 },
    ]) {
      expect(await ask(socket, 'sync', change)).toEqual({ ok: false, code: 'chat.packet-invalid' });
    }
    expect(await state()).toEqual(before);
    for (const limit of [0, 1, 200, 1_000_000]) must(await ask(socket, 'sync', { after: 0, limit }));
    must(await ask(socket, 'sync', { after: 2 ** 53 - 1 }));
  });

  it('P-1016 a packet without a callback is dropped where the answer is what it is for', async () => {
    const before = await state();
    const { socket } = await returning();
    socket.emit('message:send', { sender: newSender(), number: 1, text: 'nobody waits' });
    socket.emit('sync', { after: 0 });
    socket.emit('message:send', 'x');
    must(await ask(socket, 'sync', { after: 0 }));
    expect(await state()).toEqual(before);
  });

  it('P-1016 a packet of a megabyte closes its socket with 1009 and stores nothing', async () => {
    const before = await state();
    const { socket } = await returning();
    const closed = new Promise<unknown>((resolve) =>
      socket.on('disconnect', (_reason, details) =>
        resolve((details as { context?: { code?: number } })?.context?.code),
      ),
    );
    socket.emit('message:send', { sender: newSender(), number: 1, text: 'x'.repeat(1_000_000) }, () => {});
    expect(await closed).toBe(1009);
    await expectAlive();
    expect(await state()).toEqual(before);
  });

  it('P-1016 nobody may wait in a namespace that serves nothing', async () => {
    for (const name of ['', '/nowhere', '/admin']) {
      await expect(connect(`${world.origin}${name}`, {})).rejects.toThrow();
    }
    await expect(connect(`${world.origin}/`, {})).rejects.toThrow('http.namespace-unknown');
  });

  it('P-1016 a page of another origin opens no agent socket with a member’s cookie', async () => {
    const { cookie } = world.tenants[0].members[1]!;
    for (const origin of ['http://evil.example', 'null', `${world.origin}.evil.example`]) {
      await expect(connect(`${world.origin}/agent`, { extraHeaders: { cookie, origin } })).rejects.toThrow();
    }
    await expect(connect(`${world.origin}/agent`, { extraHeaders: { cookie } })).rejects.toThrow();
    await expect(connect(`${world.origin}/agent`, {})).rejects.toThrow('account.not-signed-in');
  });

  it('P-1016 a client that is refused without end is told so and closed', async () => {
    const { socket } = await returning();
    const ends: string[] = [];
    socket.on('end', ({ code }: { code: string }) => ends.push(code));
    for (let n = 0; n < 300; n++) socket.emit('nonsense', n);
    await until(() => socket.disconnected);
    expect(ends).toEqual(['chat.too-many-refusals']);
    await expectAlive();
  });

  it('F-0310 a gap in the numbers is refused with the number that is missing, and consumes none', async () => {
    const { socket, sender } = await returning();
    const send = (number: number): Promise<Ack<VisitorSent>> =>
      ask(socket, 'message:send', { sender, number, text: `number ${number}` });
    expect(await send(2)).toEqual({ ok: false, code: 'chat.sender-gap', details: { expected: 1 } });
    must(await send(1));
    for (const number of [3, 4, 2 ** 53 - 1]) {
      expect(await send(number)).toEqual({ ok: false, code: 'chat.sender-gap', details: { expected: 2 } });
    }
    must(await send(2));
  });
});

/** The WebSocket below a Socket.IO client. */
function wireOf(socket: Socket): { send(data: string | Buffer): void } {
  return (socket.io.engine as unknown as { transport: { ws: { send(data: string | Buffer): void } } }).transport.ws;
}
