import type { Socket as Line, Server } from 'node:net';
import type { VisitorSynced } from '@libs/contracts';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { ask, must, newSender, until, type Visitor } from '../world/clients.js';
import { socketFrom } from '../world/doors.js';

const MIB = 1024 * 1024;
/** What may wait for one client, and the largest page that may come on top before the next packet finds it too much. */
const MOST_UNREAD = 16 * MIB;
const PAGE_BYTES = 4 * MIB;
/** 30 KB each. */
const TEXT = '慢'.repeat(10_000);
const MESSAGES = 120;

/** The TCP line below a test's socket. */
function lineOf({ socket }: Visitor): Line {
  return (socket.io.engine as unknown as { transport: { ws: { _socket: Line } } }).transport.ws._socket;
}

describeColumns('a client that stops reading on $column while more is sent to it than may wait', (column) => {
  let world: ChatWorld;
  const lines = new Map<number | undefined, Line>();
  beforeAll(async () => {
    world = await openChatWorld({ column });
    const server = world.app.getHttpServer() as unknown as Server;
    server.on('connection', (line: Line) => lines.set(line.remotePort, line));
  });
  afterAll(() => world?.close());

  it('C11 P-1016 is cut off before it fills the memory, others feel nothing, and it catches up by sync', async () => {
    const visitor = await world.visitor();
    must(await visitor.send('begin'));
    const agent = await world.agent({ member: 0 });
    const conversationId = (await agent.list('all')).items[0]!.id;
    const theirs = lines.get(lineOf(visitor).localPort)!;
    let most = 0;
    const write = theirs.write.bind(theirs) as (bytes: Buffer) => boolean;
    theirs.write = (bytes: unknown) => {
      const flushed = write(bytes as Buffer);
      most = Math.max(most, theirs.writableLength);
      return flushed;
    };
    lineOf(visitor).pause();
    const sender = newSender();
    const say = async (number: number): Promise<void> => {
      must(await ask(agent.socket, 'message:send', { conversationId, sender, number, text: TEXT }));
    };
    for (let number = 1; number <= MESSAGES; number++) await say(number);
    // Asking needs no reading: each page is 3 MB.
    for (let n = 0; n < 20; n++) visitor.socket.emit('sync', { after: 0, limit: 100 }, () => undefined);
    await until(() => theirs.destroyed, 30_000);
    expect(most).toBeGreaterThan(4 * MIB);
    expect(most).toBeLessThan(MOST_UNREAD + PAGE_BYTES);
    lineOf(visitor).resume();
    visitor.close();
    await say(MESSAGES + 1);
    const again = await socketFrom(world, world.tenants[0], '127.0.0.1', visitor.token);
    const seen: number[] = [];
    for (let after = 0, more = true; more; ) {
      const page = must(await ask<VisitorSynced>(again, 'sync', { after, limit: 100 }, 20_000));
      seen.push(...page.items.filter(({ kind }) => kind === 'message').map(({ seq }) => seq));
      ({ upTo: after, more } = page);
    }
    again.close();
    expect(seen).toEqual(Array.from({ length: MESSAGES + 2 }, (_, n) => n + 1));
  });
});
