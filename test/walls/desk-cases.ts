import { newId } from '@libs/kernel';
import { looseningHash } from '@libs/privacy';
import { DEFAULT_REGISTER, loosenings, type Register } from '@libs/privacy-core';
import type { ChatWorld, WorldTenant } from '../world/chat-world.js';
import type { RouteCase } from './route-cases.js';
import { type Ids, memberAt, talk } from './wall-world.js';

/** Members of the world: who else may decide, and the privacy officer. */
const [OWNER, OFFICER] = [0, 3];

const LINK = ['tenant_id', 'id', 'subject_id', 'other_id', 'reason', 'actor', 'at', 'undone_at'];

/** The default with agents seeing names: needs a second person. */
const LOOSER: Register = {
  ...DEFAULT_REGISTER,
  fields: DEFAULT_REGISTER.fields.map((policy) =>
    policy.field === 'contact.name' ? { ...policy, roles: { ...policy.roles, agent: 'plain' } } : policy,
  ),
};

type Making = (world: ChatWorld, tenant: WorldTenant, ids: Ids) => Promise<Ids>;

/** A bulk reveal that waits for somebody's decision. */
const asked =
  (by: number): Making =>
  async ({ platform }, tenant, { subject }) => {
    const ask = { kind: 'bulk-reveal', fields: ['contact.mobile'], subjectIds: [subject!], reason: 'recall' } as const;
    return { approval: (await platform.desk.approvals.request(memberAt(tenant, by), ask)).id };
  };

/** The officer's looser register, with the owner's agreement. */
const loosened: Making = async ({ platform }, tenant) => {
  const { approvals } = platform.desk;
  const changes = loosenings(DEFAULT_REGISTER, LOOSER);
  const content = { contentHash: looseningHash(LOOSER, changes), changes } as const;
  const ask = { kind: 'loosen-fields', fields: ['contact.name'], ...content, reason: 'names' } as const;
  const { id } = await approvals.request(memberAt(tenant, OFFICER), ask);
  await approvals.decide(memberAt(tenant, OWNER), id, 'approve');
  return { approval: id };
};

/** The newest thing the person decided. */
export const decided: Making = async ({ platform }, { id }, { subject }) => {
  const { items } = await platform.privacy.consents.history(id, { subjectId: subject });
  return { consent: items[0]!.id };
};

/** Somebody who was taken for this person. */
export const linked: Making = async (world, tenant, { subject }) => {
  const [link, other] = [newId(), (await talk(world, tenant, 'queued')).ids.subject!];
  const row = [tenant.id, link, subject!, other, 'signed-identity', `inbox:${tenant.inboxId}`, Date.now(), null];
  await world.platform.work.upkeep(async (tx) => tx.insert('privacy_subject_link', LINK, [row]), new Set([tenant.id]));
  return { 'subject-link': link };
};

const read: RouteCase = { member: OFFICER, ok: 200 };
const person: RouteCase = { ...read, stage: 'open' };

/** Routes of the officer's desk. */
export const DESK_CASES: Readonly<Record<string, RouteCase>> = {
  'GET /api/v1/privacy/register': read,
  'GET /api/v1/privacy/register/versions': read,
  'GET /api/v1/privacy/register/versions/:version': { ...read, params: { version: '1' } },
  'POST /api/v1/privacy/register/preview': { ...read, body: () => ({ register: LOOSER }) },
  'GET /api/v1/privacy/consents': person,
  'GET /api/v1/privacy/consents/counts': read,
  'GET /api/v1/privacy/consents/evidence': person,
  'GET /api/v1/privacy/consents/:id/evidence': { ...person, made: decided },
  'GET /api/v1/privacy/reads': person,
  'GET /api/v1/privacy/links': person,
  'POST /api/v1/privacy/links/:id/undo': {
    ...{ ...person, made: linked, ok: 204 },
    body: () => ({ reason: 'shared-device' }),
  },
  'GET /api/v1/privacy/approvals': read,
  'POST /api/v1/privacy/approvals': {
    ...{ member: OFFICER, stage: 'open', ok: 201 },
    body: () => ({ kind: 'bulk-reveal', fields: ['contact.mobile'], reason: 'recall' }),
  },
  'POST /api/v1/privacy/approvals/:id/approve': { ...person, made: asked(OWNER) },
  'POST /api/v1/privacy/approvals/:id/refuse': { ...person, made: asked(OWNER) },
  'POST /api/v1/privacy/approvals/:id/cancel': { ...person, made: asked(OFFICER) },
  'PUT /api/v1/privacy/register': {
    ...{ member: OFFICER, made: loosened, ok: 200 },
    body: () => ({ baseVersion: 1, register: LOOSER, note: 'names' }),
  },
};
