import type { RouteCase } from './route-cases.js';

const [OWNER, AGENT] = [0, 1];

/** Routes of looking on: the conversation is in the agent's hands. */
export const LIVE_VIEW_CASES: Readonly<Record<string, RouteCase>> = {
  'POST /api/v1/chat/conversations/:id/take-over': {
    ...{ member: OWNER, stage: 'open', ok: 200 },
    made: async (_world, tenant) => ({ colleague: tenant.members[AGENT]!.id }),
  },
  'GET /api/v1/chat/reports/live': { member: OWNER, ok: 200 },
};
