import type { HoursDraft } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
import { HoursService } from '../../apps/chat/src/hours/hours.service.js';
import type { ChatWorld, WorldTenant } from '../world/chat-world.js';
import type { RouteCase } from './route-cases.js';
import { type Ids, memberAt } from './wall-world.js';

const OWNER = 0;

const draft = (name: string): HoursDraft => ({
  ...{ name: `${name} ${newId()}`, timeZone: 'Asia/Shanghai', days: [] },
  week: Array.from({ length: 7 }, () => ({ periods: [{ from: '09:00', to: '18:00' }] })),
});

/** Hours that nothing else needs, and that are not the workspace's own. */
export const hours = async (world: ChatWorld, tenant: WorldTenant): Promise<Ids> => {
  const name = tenant === world.tenants[0] ? 'alpha' : 'beta';
  const by = memberAt(tenant, OWNER);
  const service = world.app.get(HoursService, { strict: false });
  const actor = { kind: 'member', id: by.memberId } as const;
  return runInTenant({ ...by, actor }, async () => {
    if ((await service.list(tenant.id)).length === 0) await service.create(by, draft(name));
    return { hours: (await service.create(by, draft(name))).id };
  });
};

const act: RouteCase = { member: OWNER, made: hours, body: () => ({ version: 1 }), ok: 200 };

/** Routes of business hours. */
export const HOURS_CASES: Readonly<Record<string, RouteCase>> = {
  'GET /api/v1/chat/hours': { member: OWNER, ok: 200 },
  'POST /api/v1/chat/hours': { member: OWNER, body: () => ({ ...draft('alpha') }), ok: 201 },
  'PUT /api/v1/chat/hours/:id': { ...act, body: () => ({ ...draft('alpha'), version: 1 }) },
  'POST /api/v1/chat/hours/:id/default': act,
  'DELETE /api/v1/chat/hours/:id': { ...act, ok: 204 },
};
