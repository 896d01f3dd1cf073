import { runInTenant } from '@libs/tenancy';
import { InboxSecrets } from '../../apps/chat/src/identity/inbox-secrets.js';
import { InboxAdmin } from '../../apps/chat/src/index.js';
import { DEMO_LOOK, DEMO_NOTICES } from '../../apps/standalone/src/demo/demo-texts.js';
import { type ChatWorld, SHOP, type WorldTenant } from '../world/chat-world.js';
import type { RouteCase } from './route-cases.js';
import { type Ids, memberAt } from './wall-world.js';

const OWNER = 0;

/** An inbox in use that nothing else needs. */
export const opened = async ({ app, tenants }: ChatWorld, tenant: WorldTenant): Promise<Ids> => {
  const { id } = await app.get(InboxAdmin, { strict: false }).create({
    ...{ tenantId: tenant.id, name: tenant === tenants[0] ? 'alpha entry' : 'beta entry', origins: [SHOP] },
    ...{ look: DEMO_LOOK, notices: DEMO_NOTICES },
  });
  return { inbox: id };
};

/** One with a secret; making it was the first change. */
export const signing = async (world: ChatWorld, tenant: WorldTenant): Promise<Ids> => {
  const { inbox } = await opened(world, tenant);
  const secrets = world.app.get(InboxSecrets, { strict: false });
  const by = memberAt(tenant, OWNER);
  const actor = { kind: 'member', id: by.memberId } as const;
  const { id } = await runInTenant({ ...by, actor }, () => secrets.make(by, inbox!, { version: 1 }));
  return { inbox: inbox!, 'inbox-secret': id };
};

const act: RouteCase = { member: OWNER, made: opened, body: () => ({ version: 1 }), ok: 200 };

/** Routes of inboxes. */
export const INBOX_CASES: Readonly<Record<string, RouteCase>> = {
  'GET /api/v1/chat/inboxes': { member: OWNER, ok: 200 },
  'POST /api/v1/chat/inboxes': { member: OWNER, body: () => ({ name: 'alpha draft' }), ok: 201 },
  'GET /api/v1/chat/inboxes/:id': { member: OWNER, made: opened, ok: 200 },
  'PATCH /api/v1/chat/inboxes/:id': { ...act, body: () => ({ version: 1, name: 'alpha renamed' }) },
  'POST /api/v1/chat/inboxes/:id/notices': act,
  'POST /api/v1/chat/inboxes/:id/attestation': act,
  'POST /api/v1/chat/inboxes/:id/switch-on': act,
  'POST /api/v1/chat/inboxes/:id/switch-off': act,
  'POST /api/v1/chat/inboxes/:id/secrets': act,
  'DELETE /api/v1/chat/inboxes/:id/secrets/:secretId': { ...act, made: signing, body: () => ({ version: 2 }) },
  'DELETE /api/v1/chat/inboxes/:id': { ...act, body: () => ({ version: 1, name: 'alpha entry' }), ok: 204 },
};
