import type { FeedRow } from '@libs/events';
import { expect, it } from 'vitest';
import { AgentNews } from './agent-news.js';

const principal = { kind: 'member', tenantId: 'tenant', memberId: 'member', sessionId: 'session' };

it('C6 F-0205 all sockets of a member are asked about at once: one slow answer keeps no other open', async () => {
  let tell: ((row: FeedRow) => void) | undefined;
  const feed = { onStale: () => undefined, onRow: (listener: (row: FeedRow) => void) => (tell = listener) };
  const asked: unknown[] = [];
  const door = {
    confirm: (socket: unknown) => {
      asked.push(socket);
      return new Promise(() => undefined);
    },
  };
  const sockets = new Map(Array.from({ length: 20 }, (_, id) => [id, { data: { principal } }]));
  const unused = undefined as never;
  const news = new AgentNews(feed as never, unused, unused, unused, door as never, unused);
  news.attach({ sockets } as never);
  tell?.({ kind: 'role', tenantId: 'tenant', ref: 'member', again: false });
  await new Promise(setImmediate);
  expect(asked).toEqual([...sockets.values()]);
});
