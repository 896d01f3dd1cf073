import type { ScheduledReply } from '@libs/contracts';
import type { ChatWorld, WorldTenant } from '../world/chat-world.js';
import type { RouteCase } from './route-cases.js';
import { type Ids, talk } from './wall-world.js';

const AGENT = 1;
const HOUR_MS = 3_600_000;

/** A conversation of the agent's with a reply that goes out in an hour. */
export const scheduled = async (world: ChatWorld, tenant: WorldTenant): Promise<Ids> => {
  const { ids } = await talk(world, tenant, 'open');
  const text = `${tenant === world.tenants[0] ? 'alpha' : 'beta'} sends later`;
  const url = `${world.origin}/api/v1/chat/conversations/${ids.conversation}/scheduled-replies`;
  const headers = {
    ...{ cookie: tenant.members[AGENT]!.cookie, origin: world.origin },
    'content-type': 'application/json',
  };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ text, inMs: HOUR_MS }) });
  if (response.status !== 201) throw new Error(`the fixture was refused with ${response.status}`);
  const { id } = (await response.json()) as ScheduledReply;
  return { ...ids, 'scheduled-reply': id };
};

const REPLIES = '/api/v1/chat/conversations/:id/scheduled-replies';

/** Routes of replies that go out later. */
export const SCHEDULED_CASES: Readonly<Record<string, RouteCase>> = {
  [`GET ${REPLIES}`]: { member: AGENT, stage: 'open', ok: 200 },
  [`POST ${REPLIES}`]: {
    ...{ member: AGENT, stage: 'open', ok: 201 },
    body: () => ({ text: 'alpha schedules', inMs: HOUR_MS }),
  },
  [`PATCH ${REPLIES}/:replyId`]: {
    ...{ member: AGENT, made: scheduled, ok: 200 },
    body: () => ({ version: 1, inMs: 2 * HOUR_MS }),
  },
  [`DELETE ${REPLIES}/:replyId`]: { member: AGENT, made: scheduled, ok: 204 },
  [`POST ${REPLIES}/:replyId/send`]: { member: AGENT, made: scheduled, body: () => ({}), ok: 200 },
};
