import { agreementTexts } from '@libs/auth';
import type { ChatWorld, WorldMember, WorldTenant } from '../world/chat-world.js';
import { newSender } from '../world/clients.js';
import { DESK_CASES } from './desk-cases.js';
import { HOURS_CASES } from './hours-cases.js';
import { INBOX_CASES } from './inbox-cases.js';
import { LIST_CASES } from './list-cases.js';
import { LIVE_VIEW_CASES } from './live-view-cases.js';
import { MEMBER_CASES } from './member-cases.js';
import { REVEAL_CASES } from './reveal-cases.js';
import { ROUTING_CASES } from './routing-cases.js';
import { SCHEDULED_CASES } from './scheduled-cases.js';
import { TEAM_CASES } from './team-cases.js';
import {
  agreedApproval,
  type Ids,
  newcomer,
  offeredCode,
  resetToken,
  type Stage,
  secondAdmin,
  ticketOf,
} from './wall-world.js';
import { WORDS_CASES } from './words-cases.js';

/** What the matrix must know of a route besides its generated list of ids. */
export interface RouteCase {
  /** Which member of the tenant calls (0 owner, 1 agent); undefined = nobody needs to be signed in. */
  readonly member?: number;
  /** Somebody who calls in that member's place, whom nothing else needs: for calls after which nobody is who they were. */
  readonly caller?: (world: ChatWorld, tenant: WorldTenant) => Promise<WorldMember>;
  /** State of the conversation that the positive twin names. */
  readonly stage?: Stage;
  /** Ids that only this case needs, made for its positive twin. */
  readonly made?: (world: ChatWorld, tenant: WorldTenant, ids: Ids) => Promise<Ids>;
  /** What is sent besides ids. */
  readonly body?: (who: WorldMember) => Readonly<Record<string, unknown>>;
  /** The same for what has to be made first. */
  readonly sent?: (world: ChatWorld, tenant: WorldTenant) => Promise<Readonly<Record<string, unknown>>>;
  /** Bytes that are sent instead of JSON. */
  readonly bytes?: { readonly type: string; readonly of: () => Buffer };
  readonly query?: string;
  /** Path parameters that are no ids. */
  readonly params?: Readonly<Record<string, string>>;
  /** Answer of the positive twin. */
  readonly ok: number;
  /** Code of that answer, where the world has no such door and the twin can only be told so. */
  readonly code?: string;
  /** The positive twin leaves nothing behind that others need; false = it runs last. */
  readonly endsSession?: true;
}

const send = () => ({ sender: newSender(), number: 1, text: 'alpha writes' });

const aSignUp = (email: string, password: string) => ({
  workspace: { kind: 'partnership', name: 'Gamma' },
  owner: { name: 'Gamma', email: `gamma-${email}`, mobile: '+8617088888888', password },
  agreements: { privacyPolicy: true, processingTerms: true, adult: true, shown: agreementTexts('en').hash },
});

/** Every route of the product. One without a line here fails, and so does a line without a route. */
export const ROUTE_CASES: Readonly<Record<string, RouteCase>> = {
  'GET /api/v1/account/me': { member: 1, ok: 200 },
  'GET /api/v1/account/sessions': { member: 1, ok: 200 },
  'DELETE /api/v1/account/sessions/:id': { member: 1, ok: 204 },
  'GET /api/v1/account/me/sign-ins': { member: 1, ok: 200 },
  'GET /api/v1/account/me/second-factor': { member: 1, ok: 200 },
  'POST /api/v1/account/me/second-factor': {
    ...{ member: 1, ok: 200 },
    body: ({ password }) => ({ proof: { password } }),
  },
  'POST /api/v1/account/me/second-factor/confirm': {
    ...{ member: 2, ok: 200 },
    sent: async (world, tenant) => ({ code: await offeredCode(world, tenant, 2) }),
  },
  'POST /api/v1/account/me/second-factor/recovery-codes': {
    ...{ member: 2, ok: 200 },
    body: ({ password }) => ({ proof: { password } }),
  },
  'DELETE /api/v1/account/me/second-factor': {
    ...{ member: 2, ok: 204 },
    body: ({ password }) => ({ proof: { password } }),
  },
  'DELETE /api/v1/account/members/:id/second-factor': { member: 0, sent: secondAdmin, ok: 204 },
  'DELETE /api/v1/account/sessions': { member: 1, ok: 204 },
  'POST /api/v1/account/sign-in': {
    body: ({ email, password }) => ({ identifier: email, password }),
    ok: 200,
  },
  'POST /api/v1/account/sign-in/verify': {
    sent: async (world, tenant) => ({ ticket: await ticketOf(world, tenant, 1) }),
    ok: 200,
  },
  'GET /api/v1/account/options': { ok: 200 },
  // Without an adapter there is no such door; with one, apps/account/src/codes has the cases.
  'POST /api/v1/account/codes': {
    ...{ ok: 409, code: 'account.codes-not-available' },
    body: () => ({ purpose: 'sign-in', mobile: '13800138000' }),
  },
  'POST /api/v1/account/sign-in/code': {
    ...{ ok: 401, code: 'account.code-expired' },
    body: () => ({ mobile: '13800138000', code: '123456' }),
  },
  'POST /api/v1/account/resets': { body: ({ email }) => ({ identifier: email }), ok: 202 },
  'POST /api/v1/account/members/:id/reset': { member: 0, ok: 200 },
  'POST /api/v1/account/resets/use': {
    body: ({ password }) => ({ password }),
    sent: async (world, tenant) => ({ token: await resetToken(world, (await newcomer(world, tenant)).email) }),
    ok: 204,
  },
  'GET /api/v1/account/agreements': { query: 'locale=en', ok: 200 },
  'POST /api/v1/account/sign-up': { body: ({ email, password }) => aSignUp(email, password), ok: 200 },
  'GET /api/v1/account/workspaces': { member: 1, ok: 200 },
  'POST /api/v1/account/workspaces/switch': { member: 1, caller: newcomer, ok: 200, endsSession: true },
  'GET /api/v1/chat/first-run': { member: 0, ok: 200 },
  'GET /api/v1/account/me/preferences': { member: 1, ok: 200 },
  'PATCH /api/v1/account/me/preferences': {
    ...{ member: 1, ok: 200 },
    body: () => ({ version: 0, settings: { theme: 'dark' } }),
  },
  'GET /api/v1/account/me/profile': { member: 1, ok: 200 },
  'PATCH /api/v1/account/me/profile': {
    ...{ member: 1, ok: 200 },
    body: () => ({ version: 0, fields: { region: 'alpha' } }),
  },
  'PUT /api/v1/account/me/password': {
    ...{ member: 1, ok: 204 },
    body: ({ password }) => ({ proof: { password }, password }),
  },
  'PUT /api/v1/account/me/email': {
    ...{ member: 1, ok: 200 },
    body: ({ email, password }) => ({ proof: { password }, email }),
  },
  'POST /api/v1/account/me/email-proof': { ...{ member: 1, ok: 409, code: 'account.mail-not-available' } },
  // No letter goes out here; apps/account/src/profile has the cases of the link.
  'POST /api/v1/account/email-confirmations': {
    ...{ ok: 422, code: 'account.email-link-invalid' },
    body: ({ password }) => ({ token: 'A'.repeat(43), password }),
  },
  'PUT /api/v1/account/me/mobile': {
    ...{ member: 1, ok: 204 },
    body: ({ password }) => ({ proof: { password }, mobile: '+8617099999999' }),
  },
  'POST /api/v1/account/sign-out': { member: 2, ok: 204, endsSession: true },
  'GET /api/v1/chat/conversations': { member: 0, stage: 'open', query: 'view=all&limit=100', ok: 200 },
  'GET /api/v1/chat/conversations/:id': { member: 1, stage: 'open', ok: 200 },
  'GET /api/v1/chat/conversations/:id/items': { member: 1, stage: 'open', ok: 200 },
  'POST /api/v1/chat/conversations/:id/take': { member: 1, stage: 'queued', body: () => ({}), ok: 200 },
  'GET /api/v1/chat/conversations/:id/draft': { member: 1, stage: 'open', ok: 200 },
  'PUT /api/v1/chat/conversations/:id/draft': {
    ...{ member: 1, stage: 'open', ok: 200 },
    body: () => ({ message: 'alpha drafts', note: '', base: 0 }),
  },
  'GET /api/v1/chat/colleagues': { member: 1, ok: 200 },
  'POST /api/v1/chat/conversations/:id/assign': {
    ...{ member: 1, stage: 'open', ok: 200 },
    body: ({ id }) => ({ from: id }),
  },
  'POST /api/v1/chat/conversations/:id/release': {
    ...{ member: 1, stage: 'open', ok: 200 },
    body: ({ id }) => ({ from: id }),
  },
  'POST /api/v1/chat/conversations/:id/snooze': {
    ...{ member: 1, stage: 'open', ok: 200 },
    body: () => ({ inMs: 3_600_000 }),
  },
  'POST /api/v1/chat/conversations/:id/wake': { member: 1, stage: 'snoozed', body: () => ({}), ok: 200 },
  'POST /api/v1/chat/conversations/:id/resolve': { member: 1, stage: 'open', body: () => ({}), ok: 200 },
  'POST /api/v1/chat/conversations/:id/reopen': { member: 1, stage: 'resolved', body: () => ({}), ok: 200 },
  'POST /api/v1/chat/conversations/:id/messages': { member: 1, stage: 'open', body: send, ok: 200 },
  'POST /api/v1/chat/conversations/:id/notes': { member: 1, stage: 'open', body: send, ok: 200 },
  'GET /api/v1/crm/contacts': { member: 0, query: 'limit=200', ok: 200 },
  'POST /api/v1/crm/contacts/searches': { member: 0, body: () => ({ q: '13800138000' }), ok: 200 },
  'POST /api/v1/crm/contacts/names': { member: 1, stage: 'open', body: () => ({}), ok: 200 },
  'GET /api/v1/crm/contacts/by-subject/:subjectId': { member: 1, stage: 'open', ok: 200 },
  'GET /api/v1/crm/contacts/:id': { member: 1, stage: 'open', ok: 200 },
  'PATCH /api/v1/crm/contacts/:id': {
    ...{ member: 1, stage: 'open', ok: 200 },
    body: () => ({ version: 2, fields: { name: 'alpha edits' } }),
  },
  'POST /api/v1/crm/contacts/:id/reveals': {
    ...{ member: 1, stage: 'open', ok: 200 },
    body: () => ({ field: 'name', reason: 'ticket' }),
  },
  'POST /api/v1/crm/contacts/:id/consent-requests': {
    ...{ member: 1, stage: 'open', ok: 201 },
    body: () => ({ field: 'address' }),
  },
  'POST /api/v1/crm/contacts/bulk-reveals': {
    ...{ member: 1, stage: 'open', ok: 200 },
    made: async (world, tenant, ids) => ({ approval: await agreedApproval(world, tenant, ids.subject!) }),
  },
  ...DESK_CASES,
  ...MEMBER_CASES,
  ...SCHEDULED_CASES,
  ...TEAM_CASES,
  ...LIVE_VIEW_CASES,
  ...REVEAL_CASES,
  ...INBOX_CASES,
  ...LIST_CASES,
  ...WORDS_CASES,
  ...HOURS_CASES,
  ...ROUTING_CASES,
  'POST /api/v1/account/me/leak-report': { member: 1, caller: newcomer, ok: 204, endsSession: true },
  'GET /healthz': { ok: 200 },
  'GET /readyz': { ok: 200 },
  'GET /metrics': { ok: 200 },
};

/** The visitor's doors name no ids but keys and tokens: they have their own tests (visitor-doors.e2e-spec.ts). */
export const VISITOR_DOORS: readonly string[] = [
  'POST /api/v1/chat/widget/passes',
  'POST /api/v1/chat/widget/consents',
  'POST /api/v1/chat/widget/identities',
  'POST /api/v1/chat/widget/messages',
  'GET /api/v1/chat/widget/messages',
  'GET /api/v1/chat/widget/choices',
  'POST /api/v1/chat/widget/choices',
  'POST /api/v1/chat/widget/choices/withdraw-all',
  'GET /widget/inboxes/:file',
  'GET /widget/inboxes/:key/notices',
  'GET /widget/inboxes/:key/notices/:version',
  'GET /widget/panel/:key',
  'GET /c/:key',
  'GET /c/files/hosted.js',
];
