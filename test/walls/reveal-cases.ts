import type { ChatWorld, WorldTenant } from '../world/chat-world.js';
import { must } from '../world/clients.js';
import type { RouteCase } from './route-cases.js';
import type { Ids } from './wall-world.js';

const OWNER = 0;

/** A conversation that nobody has and that begins with a number which members see as stars. */
async function withCard(world: ChatWorld, tenant: WorldTenant): Promise<Ids> {
  const visitor = await world.visitor({ tenant });
  must(await visitor.send('alpha pays with 4111 1111 1111 1111'));
  const owner = await world.agent({ tenant, member: OWNER });
  const { items } = await owner.list('all');
  const { id } = items.reduce((one, other) => (other.id > one.id ? other : one));
  owner.close();
  visitor.close();
  return { conversation: id };
}

/** Showing what a visitor wrote with its numbers. */
export const REVEAL_CASES: Readonly<Record<string, RouteCase>> = {
  'POST /api/v1/chat/conversations/:id/messages/:seq/reveals': {
    ...{ member: OWNER, made: withCard, params: { seq: '1' }, ok: 200 },
    body: () => ({ reason: 'conversation' }),
  },
};
