import { createAuth, MEMBER_NOTICE } from '@libs/auth';
import { newId } from '@libs/kernel';
import { authPorts } from '@libs/platform';
import { aPicture } from '../../libs/auth/src/testing/a-picture.js';
import type { ChatWorld, WorldTenant } from '../world/chat-world.js';
import type { RouteCase } from './route-cases.js';
import { type Ids, memberAt } from './wall-world.js';

/** Members of the world: who manages the others, and who gets work. */
const [OWNER, COLLEAGUE] = [0, 2];

/** Somebody who was just hired, whom nothing else needs. */
const hired = async ({ platform }: ChatWorld, { id: tenantId, members }: WorldTenant): Promise<Ids> => {
  const { accounts } = createAuth(authPorts(platform));
  const { loginId } = await accounts.createLogin({ email: `${newId()}@hired.example`, password: `pw-${newId()}` });
  const made = await accounts.createMember({ tenantId, loginId, role: 'agent', displayName: 'hired' });
  return { member: made.memberId, colleague: members[COLLEAGUE]!.id };
};

async function sent(world: ChatWorld, tenant: WorldTenant) {
  const { invitations } = createAuth(authPorts(world.platform));
  return invitations.invite(memberAt(tenant, OWNER), { email: `${newId()}@invited.example`, role: 'agent' });
}

/** An invitation that waits for an answer. */
export const invited = async (world: ChatWorld, tenant: WorldTenant): Promise<Ids> => ({
  invitation: (await sent(world, tenant)).id,
});

/** A member who has a picture. */
export const pictured = async ({ platform }: ChatWorld, { id: tenantId, members }: WorldTenant): Promise<Ids> => {
  const member = members[1]!.id;
  await createAuth(authPorts(platform)).pictures.keep({ tenantId, memberId: member }, aPicture(), newId());
  return { member };
};

/** Somebody with a login and no workspace. */
async function homeless({ platform }: ChatWorld) {
  const [identifier, password] = [`${newId()}@invited.example`, `pw-${newId()}`];
  await createAuth(authPorts(platform)).accounts.createLogin({ email: identifier, password });
  return { identifier, password, name: 'alpha joins' };
}

const token = async (world: ChatWorld, tenant: WorldTenant) => ({ token: (await sent(world, tenant)).token });

const change: RouteCase = { member: OWNER, made: hired, body: () => ({ version: 1 }), ok: 200 };

/** Routes of members, roles, invitations, the notice and the workspace. */
export const MEMBER_CASES: Readonly<Record<string, RouteCase>> = {
  'GET /api/v1/account/members': { member: OWNER, query: 'limit=100', ok: 200 },
  'PATCH /api/v1/account/members/:id': { ...change, body: () => ({ role: 'supervisor', version: 1 }) },
  'POST /api/v1/account/members/:id/disable': change,
  'POST /api/v1/account/members/:id/enable': change,
  'GET /api/v1/account/pictures': { member: 1, ok: 200 },
  'GET /api/v1/account/members/:id/picture': { member: OWNER, made: pictured, ok: 200 },
  'PUT /api/v1/account/me/picture': { ...{ member: 1, ok: 200 }, bytes: { type: 'image/png', of: aPicture } },
  'GET /api/v1/account/me/picture': { ...{ member: 1, ok: 200 }, made: pictured },
  'DELETE /api/v1/account/me/picture': { member: 1, ok: 204 },
  'GET /api/v1/chat/members/:id/work': { member: OWNER, made: hired, ok: 200 },
  'GET /api/v1/account/roles': { member: OWNER, ok: 200 },
  'GET /api/v1/account/workspace': { member: OWNER, ok: 200 },
  'PATCH /api/v1/account/workspace': { member: OWNER, body: () => ({ name: 'alpha', version: 1 }), ok: 200 },
  'GET /api/v1/account/me/notice': { member: 1, ok: 200 },
  'POST /api/v1/account/me/notice': {
    member: 1,
    body: () => ({ version: MEMBER_NOTICE.version, locale: 'en' }),
    ok: 204,
  },
  'POST /api/v1/account/invitations': {
    ...{ member: OWNER, ok: 201 },
    body: () => ({ email: `${newId()}@invited.example`, role: 'agent' }),
  },
  'POST /api/v1/account/invitations/:id/resend': { member: OWNER, made: invited, ok: 200 },
  'DELETE /api/v1/account/invitations/:id': { member: OWNER, made: invited, ok: 204 },
  'POST /api/v1/account/invitations/look': { sent: token, ok: 200 },
  'POST /api/v1/account/invitations/decline': { sent: token, ok: 204 },
  'POST /api/v1/account/invitations/accept': {
    sent: async (world, tenant) => ({ ...(await token(world, tenant)), known: await homeless(world) }),
    ok: 200,
  },
};
