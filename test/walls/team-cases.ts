import { createAuth } from '@libs/auth';
import { newId } from '@libs/kernel';
import { authPorts } from '@libs/platform';
import type { ChatWorld, WorldTenant } from '../world/chat-world.js';
import type { RouteCase } from './route-cases.js';
import { type Ids, memberAt } from './wall-world.js';

const [OWNER, COLLEAGUE] = [0, 2];

/** A team that nothing else needs, and somebody who may join it. */
export const team = async (world: ChatWorld, tenant: WorldTenant): Promise<Ids> => {
  const { teamChanges } = createAuth(authPorts(world.platform));
  const name = `${tenant === world.tenants[0] ? 'alpha' : 'beta'} ${newId()}`;
  return {
    team: await teamChanges.create(memberAt(tenant, OWNER), { name }),
    colleague: tenant.members[COLLEAGUE]!.id,
  };
};

const act: RouteCase = { member: OWNER, made: team, body: () => ({ version: 1 }), ok: 200 };

/** Routes of teams. */
export const TEAM_CASES: Readonly<Record<string, RouteCase>> = {
  'GET /api/v1/account/teams': { member: OWNER, ok: 200 },
  'POST /api/v1/account/teams': { member: OWNER, made: team, body: () => ({ name: `alpha ${newId()}` }), ok: 201 },
  'PATCH /api/v1/account/teams/:id': act,
  'POST /api/v1/account/teams/:id/archive': act,
  'POST /api/v1/account/teams/:id/restore': act,
};
