import { runInTenant } from '@libs/tenancy';
import { LabelService } from '../../apps/chat/src/labels/label.service.js';
import { ViewService } from '../../apps/chat/src/views/view.service.js';
import type { ChatWorld, WorldTenant } from '../world/chat-world.js';
import type { RouteCase } from './route-cases.js';
import { type Ids, memberAt } from './wall-world.js';

const OWNER = 0;
const AGENT = 1;
let labels = 0;

/** A label that nothing else needs. */
export const labelled = async ({ app, tenants }: ChatWorld, tenant: WorldTenant): Promise<Ids> => {
  const name = `${tenant === tenants[0] ? 'alpha' : 'beta'} label ${++labels}`;
  const by = memberAt(tenant, OWNER);
  const actor = { kind: 'member', id: by.memberId } as const;
  const service = app.get(LabelService, { strict: false });
  const { id } = await runInTenant({ ...by, actor }, () => service.create(by, { name, colour: 'blue' }));
  return { label: id };
};

/** A view of the agent's own. */
export const viewed = async ({ app, platform, tenants }: ChatWorld, tenant: WorldTenant): Promise<Ids> => {
  const by = memberAt(tenant, AGENT);
  const actor = { kind: 'member', id: by.memberId } as const;
  const service = app.get(ViewService, { strict: false });
  const name = `${tenant === tenants[0] ? 'alpha' : 'beta'} view`;
  return runInTenant({ ...by, actor }, async () => {
    const [row] = await platform.database.reader.all<{ subject_id: string }>(
      'SELECT subject_id FROM auth_member WHERE tenant_id = ? AND id = ?',
      [tenant.id, by.memberId],
    );
    const keeper = { ...by, subjectId: row!.subject_id };
    const { id } = await service.create(keeper, { name, view: 'all', filter: {}, sort: 'newest' });
    return { view: id };
  });
};

const keep = () => ({ name: 'alpha kept', view: 'mine', filter: { unread: true }, sort: 'newest' });

/** Routes of labels, filters and saved views. */
export const LIST_CASES: Readonly<Record<string, RouteCase>> = {
  'GET /api/v1/chat/conversations/counts': { member: AGENT, ok: 200 },
  'POST /api/v1/chat/conversations/searches': { member: AGENT, stage: 'open', body: () => ({}), ok: 200 },
  'GET /api/v1/chat/list-options': { member: AGENT, ok: 200 },
  'GET /api/v1/chat/labels': { member: AGENT, ok: 200 },
  'POST /api/v1/chat/labels': { member: OWNER, body: () => ({ name: 'alpha made', colour: 'red' }), ok: 201 },
  'GET /api/v1/chat/labels/:id/use': { member: OWNER, made: labelled, ok: 200 },
  'PATCH /api/v1/chat/labels/:id': { member: OWNER, made: labelled, body: () => ({ colour: 'pink' }), ok: 200 },
  'DELETE /api/v1/chat/labels/:id': { member: OWNER, made: labelled, ok: 204 },
  'PUT /api/v1/chat/conversations/:id/labels/:labelId': { member: AGENT, stage: 'open', made: labelled, ok: 200 },
  'DELETE /api/v1/chat/conversations/:id/labels/:labelId': { member: AGENT, stage: 'open', made: labelled, ok: 200 },
  'GET /api/v1/chat/views': { member: AGENT, ok: 200 },
  'POST /api/v1/chat/views': { member: AGENT, body: keep, ok: 201 },
  'PUT /api/v1/chat/views/:id': { member: AGENT, made: viewed, body: keep, ok: 200 },
  'DELETE /api/v1/chat/views/:id': { member: AGENT, made: viewed, ok: 204 },
};
