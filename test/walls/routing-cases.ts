import type { InboxRouting } from '@libs/contracts';
import type { ChatWorld, WorldTenant } from '../world/chat-world.js';
import { hours } from './hours-cases.js';
import { opened } from './inbox-cases.js';
import type { RouteCase } from './route-cases.js';
import { team } from './team-cases.js';
import type { Ids } from './wall-world.js';

const [OWNER, AGENT] = [0, 1];

/** What an inbox may give to, and when. */
export const routable = async (world: ChatWorld, tenant: WorldTenant): Promise<Ids> => ({
  ...(await opened(world, tenant)),
  ...(await team(world, tenant)),
  ...(await hours(world, tenant)),
});

const MANUAL: Omit<InboxRouting, 'teamId' | 'overflowTeamId' | 'hoursId'> = {
  ...{ version: 0, mode: 'manual', overflowAfterSeconds: 60, showPlace: true, outsideHours: 'hold' },
};

/** Routes of routing. */
export const ROUTING_CASES: Readonly<Record<string, RouteCase>> = {
  'GET /api/v1/chat/availability': { member: AGENT, ok: 200 },
  'PUT /api/v1/chat/availability': { member: AGENT, body: () => ({ availability: 'busy' }), ok: 200 },
  'GET /api/v1/chat/colleagues/availability': { member: AGENT, ok: 200 },
  'GET /api/v1/chat/routing': { member: OWNER, ok: 200 },
  'PUT /api/v1/chat/routing': {
    ...{ member: OWNER, ok: 200 },
    body: () => ({ version: 0, defaultCapacity: 5, returnAfterSeconds: 120 }),
  },
  'GET /api/v1/chat/inboxes/:id/routing': { member: OWNER, made: opened, ok: 200 },
  'PUT /api/v1/chat/inboxes/:id/routing': { member: OWNER, made: routable, body: () => MANUAL, ok: 200 },
  'GET /api/v1/chat/routing/members': { member: OWNER, ok: 200 },
  'PUT /api/v1/chat/routing/members/:id': { member: OWNER, body: () => ({ capacity: 3 }), ok: 200 },
  'POST /api/v1/chat/conversations/:id/hand-to-team': {
    ...{ member: AGENT, stage: 'open', ok: 200 },
    made: team,
    body: ({ id }) => ({ from: id }),
  },
};
