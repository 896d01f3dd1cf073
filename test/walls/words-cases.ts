import { runInTenant } from '@libs/tenancy';
import { CannedService } from '../../apps/chat/src/canned/canned.service.js';
import type { ChatWorld, WorldTenant } from '../world/chat-world.js';
import type { RouteCase } from './route-cases.js';
import { type Ids, memberAt } from './wall-world.js';

const AGENT = 1;
let made = 0;

const text = (word: string) => ({
  shortcut: word,
  title: word,
  text: `${word}: {{agent.name}}`,
  locale: null,
  position: 1,
});

/** A canned response of the agent's own, in its first version. */
export const canned = async (world: ChatWorld, tenant: WorldTenant): Promise<Ids> => {
  const by = memberAt(tenant, AGENT);
  const actor = { kind: 'member', id: by.memberId } as const;
  const rows = await world.platform.work.upkeep(
    async (tx) =>
      tx.all<{ subject_id: string }>('SELECT subject_id FROM auth_member WHERE tenant_id = ? AND id = ?', [
        ...[tenant.id, by.memberId],
      ]),
    new Set([tenant.id]),
  );
  made += 1;
  const wish = { ...text(`${tenant === world.tenants[0] ? 'alpha' : 'beta'}-${made}`), owner: 'me' } as const;
  const asker = { ...by, subjectId: rows[0]!.subject_id, mayShare: false };
  const service = world.app.get(CannedService, { strict: false });
  const { id } = await runInTenant({ ...by, actor }, () => service.create(asker, wish));
  return { 'canned-response': id };
};

/** Routes of canned responses and mentions. */
export const WORDS_CASES: Readonly<Record<string, RouteCase>> = {
  'GET /api/v1/chat/canned-responses': { member: 1, ok: 200 },
  'POST /api/v1/chat/canned-responses': {
    ...{ member: 1, ok: 201 },
    body: () => ({ ...text('alpha-own'), owner: 'me' }),
  },
  'PUT /api/v1/chat/canned-responses/:id': {
    ...{ member: AGENT, made: canned, ok: 200 },
    body: () => ({ ...text('alpha-changed'), version: 1 }),
  },
  'DELETE /api/v1/chat/canned-responses/:id': {
    ...{ member: AGENT, made: canned, ok: 204 },
    body: () => ({ version: 1 }),
  },
  'GET /api/v1/chat/mentions': { member: 1, ok: 200 },
  'POST /api/v1/chat/conversations/:id/mentions/read': {
    ...{ member: 1, stage: 'open', ok: 200 },
    body: () => ({ upTo: 1 }),
  },
};
