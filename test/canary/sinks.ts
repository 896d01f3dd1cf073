import { agreementTexts } from '@libs/auth';
import { listRoutes } from '@libs/http';
import { type Asker, CANARIES, REVEALS } from './canaries.js';
import { hoursOf, viewOf } from './canary-desk.js';
import type { CanaryWorld } from './canary-world.js';

/** How a route that changes something is driven; `before` = when the world was made. */
type Drive = 'before' | ((world: CanaryWorld) => unknown) | { readonly why: string };

/** Parameters of paths, by their name. */
const PARAMETER: Readonly<Record<string, (world: CanaryWorld, route: string) => string>> = {
  ':id': ({ ids }, route) => {
    // `contacts/:id` is the id of the contact; what has none in this world is asked for with an id of something else.
    const kind = /\/([a-z]+?)(?:es|s)\/:id/.exec(route)?.[1];
    return ids[kind ?? ''] ?? ids.conversation!;
  },
  ':labelId': ({ ids }) => ids.label!,
  ':replyId': ({ ids }) => ids['scheduled-reply']!,
  ':secretId': ({ ids }) => ids['inbox-secret']!,
  ':subjectId': ({ ids }) => ids.subject!,
  ':version': () => '1',
  ':file': ({ ids }) => `${ids.inboxKey}.json`,
  ':seq': () => '1',
  ':key': ({ ids }) => ids.inboxKey!,
};

/** What reading routes are asked with. */
const QUERY: Readonly<Record<string, (world: CanaryWorld) => string>> = {
  '/api/v1/chat/conversations': () => 'view=all&limit=100',
  '/api/v1/chat/widget/messages': ({ ids }) => `inbox=${ids.inboxKey}&after=0`,
  '/api/v1/chat/widget/choices': ({ ids }) => `inbox=${ids.inboxKey}&locale=en`,
  '/api/v1/crm/contacts': () => 'limit=200',
  '/api/v1/privacy/consents': ({ ids }) => `subjectId=${ids.subject}`,
  '/api/v1/privacy/consents/evidence': ({ ids }) => `subjectId=${ids.subject}`,
  '/api/v1/privacy/links': ({ ids }) => `subjectId=${ids.subject}`,
  '/api/v1/privacy/reads': ({ ids }) => `subjectId=${ids.subject}`,
};

const WRONG = { proof: { password: 'wrong password' } };
const TOKEN = 'A'.repeat(43);
const agreements = () => ({
  privacyPolicy: true,
  processingTerms: true,
  adult: true,
  shown: agreementTexts('en').hash,
});
const value = (place: string): string => CANARIES[place]!.value;

/** Routes of people who work here: what they hold was written when the world was made. */
const STAFF: Readonly<Record<string, Drive>> = {
  'POST /api/v1/account/sign-in': () => ({ identifier: 'agent1@alpha.example', password: 'wrong password' }),
  'POST /api/v1/account/sign-in/verify': () => ({ ticket: TOKEN, method: 'totp', code: '000000' }),
  'POST /api/v1/account/sign-in/code': () => ({ mobile: value('auth_login.mobile_sealed'), code: '000000' }),
  'POST /api/v1/account/sign-out': { why: 'ends a session and answers nothing; sessions are needed to the end' },
  'POST /api/v1/account/sign-up': () => ({
    workspace: { kind: 'partnership', name: 'Gamma' },
    owner: { name: 'Gamma', email: 'agent1@alpha.example', mobile: value('auth_login.mobile_sealed'), password: TOKEN },
    agreements: agreements(),
  }),
  'POST /api/v1/account/codes': () => ({ purpose: 'sign-in', mobile: value('auth_login.mobile_sealed') }),
  'POST /api/v1/account/resets': () => ({ identifier: 'agent1@alpha.example' }),
  'POST /api/v1/account/resets/use': () => ({ token: TOKEN, password: 'plum-Kettle-91-harbour' }),
  'POST /api/v1/account/invitations': () => ({ email: value('auth_invitation.email_sealed'), role: 'agent' }),
  'POST /api/v1/account/invitations/look': 'before',
  'POST /api/v1/account/invitations/decline': () => ({ token: TOKEN }),
  'POST /api/v1/account/invitations/accept': () => ({
    token: TOKEN,
    known: { identifier: 'agent1@alpha.example', password: 'wrong password', name: 'Gamma' },
  }),
  'POST /api/v1/account/invitations/:id/resend': () => ({}),
  'DELETE /api/v1/account/invitations/:id': { why: 'ends what other routes are asked for, and answers nothing' },
  'PATCH /api/v1/account/members/:id': () => ({ role: 'supervisor', version: 1 }),
  'POST /api/v1/account/members/:id/disable': () => ({ version: 2 }),
  'POST /api/v1/account/members/:id/enable': () => ({ version: 3 }),
  'POST /api/v1/account/members/:id/reset': () => ({}),
  'DELETE /api/v1/account/members/:id/second-factor': () => ({}),
  'PATCH /api/v1/account/me/profile': 'before',
  'PUT /api/v1/account/me/mobile': 'before',
  'PUT /api/v1/account/me/picture': 'before',
  'DELETE /api/v1/account/me/picture': { why: 'ends what reading it shows, and answers nothing' },
  'PUT /api/v1/account/me/email': () => ({ ...WRONG, email: value('auth_invitation.email_sealed') }),
  'POST /api/v1/account/me/email-proof': () => ({}),
  'POST /api/v1/account/email-confirmations': () => ({ token: TOKEN, password: 'plum-Kettle-91-harbour' }),
  'PUT /api/v1/account/me/password': () => ({ ...WRONG, password: 'plum-Kettle-91-harbour' }),
  'POST /api/v1/account/me/notice': () => ({ version: 'kanarinote', locale: 'en' }),
  'POST /api/v1/account/me/second-factor': 'before',
  'POST /api/v1/account/me/second-factor/confirm': () => ({ code: '000000' }),
  'POST /api/v1/account/me/second-factor/recovery-codes': () => WRONG,
  'DELETE /api/v1/account/me/second-factor': () => WRONG,
  'POST /api/v1/account/me/leak-report': { why: 'ends every session and answers nothing' },
  'DELETE /api/v1/account/sessions': { why: 'ends sessions and answers nothing' },
  'DELETE /api/v1/account/sessions/:id': { why: 'answers nothing' },
  'PATCH /api/v1/account/workspace': () => ({ name: 'kanarinote', version: 99 }),
  'POST /api/v1/account/workspaces/switch': ({ ids }) => ({ tenantId: ids.conversation }),
};

const VERSION = { version: 9_999 };

/** Routes of inboxes, all with a version that was overtaken: their twins go through elsewhere. */
const INBOXES: Readonly<Record<string, Drive>> = {
  'POST /api/v1/chat/inboxes': () => ({ name: 'kanari' }),
  'PATCH /api/v1/chat/inboxes/:id': () => VERSION,
  'POST /api/v1/chat/inboxes/:id/notices': () => VERSION,
  'POST /api/v1/chat/inboxes/:id/attestation': () => VERSION,
  'POST /api/v1/chat/inboxes/:id/switch-on': () => VERSION,
  'POST /api/v1/chat/inboxes/:id/switch-off': () => VERSION,
  'POST /api/v1/chat/inboxes/:id/secrets': () => VERSION,
  'DELETE /api/v1/chat/inboxes/:id/secrets/:secretId': () => VERSION,
  'DELETE /api/v1/chat/inboxes/:id': () => ({ ...VERSION, name: 'kanari' }),
};

/** Routes of canned responses and mentions; those that change one are asked for one that is not there. */
const WORDS: Readonly<Record<string, Drive>> = {
  'POST /api/v1/chat/canned-responses': 'before',
  'PUT /api/v1/chat/canned-responses/:id': () => ({
    ...{ shortcut: 'kanari', title: 'kanari', text: 'kanari', locale: null, position: 1 },
    ...VERSION,
  }),
  'DELETE /api/v1/chat/canned-responses/:id': () => VERSION,
  'POST /api/v1/chat/conversations/:id/mentions/read': () => ({ upTo: 1 }),
};

const HOURS = '/api/v1/chat/hours';
const REPLIES = '/api/v1/chat/conversations/:id/scheduled-replies';

/**
 * Routes of teams, lists, hours and routing, and what they do with a conversation. What goes through once only went
 * through when the world was made; here everybody asks for it again. What is gone is gone since then.
 */
const DESK: Readonly<Record<string, Drive>> = {
  'PATCH /api/v1/account/me/preferences': () => ({ version: 0, settings: { theme: 'dark' } }),
  'POST /api/v1/account/teams': () => ({ name: 'kanari' }),
  'PATCH /api/v1/account/teams/:id': () => VERSION,
  'POST /api/v1/account/teams/:id/archive': () => VERSION,
  'POST /api/v1/account/teams/:id/restore': () => VERSION,
  'PUT /api/v1/chat/availability': () => ({ availability: 'busy' }),
  'POST /api/v1/chat/conversations/:id/hand-to-team': ({ ids }) => ({
    ...{ teamId: ids.team, from: null, note: 'kanarinote again' },
  }),
  'PUT /api/v1/chat/conversations/:id/labels/:labelId': () => undefined,
  'DELETE /api/v1/chat/conversations/:id/labels/:labelId': () => undefined,
  'POST /api/v1/chat/conversations/:id/snooze': () => ({ inMs: 3_600_000 }),
  'POST /api/v1/chat/conversations/:id/wake': () => ({}),
  'POST /api/v1/chat/conversations/:id/take-over': ({ ids }) => ({ from: ids.member }),
  [`POST ${HOURS}`]: () => hoursOf('kanari'),
  [`PUT ${HOURS}/:id`]: () => ({ ...hoursOf('kanari'), ...VERSION }),
  [`POST ${HOURS}/:id/default`]: () => VERSION,
  [`DELETE ${HOURS}/:id`]: () => VERSION,
  'POST /api/v1/chat/labels': () => ({ name: 'kanari', colour: 'red' }),
  'PATCH /api/v1/chat/labels/:id': () => ({ colour: 'pink' }),
  'DELETE /api/v1/chat/labels/:id': 'before',
  'POST /api/v1/chat/views': () => viewOf('kanari'),
  'PUT /api/v1/chat/views/:id': () => viewOf('kanari again'),
  'DELETE /api/v1/chat/views/:id': 'before',
  'PUT /api/v1/chat/routing': () => ({ version: 0, defaultCapacity: 5, returnAfterSeconds: 120 }),
  'PUT /api/v1/chat/routing/members/:id': () => ({ capacity: 3 }),
  'PUT /api/v1/chat/inboxes/:id/routing': ({ ids }) => ({
    ...{ version: 0, mode: 'manual', overflowAfterSeconds: 60, showPlace: true, outsideHours: 'hold' },
    ...{ teamId: ids.team, overflowTeamId: null, hoursId: ids.hour },
  }),
};

/** Routes that change something, and how each is driven. */
const CHANGING: Readonly<Record<string, Drive>> = {
  ...STAFF,
  ...INBOXES,
  ...WORDS,
  ...DESK,
  'POST /api/v1/chat/conversations/:id/assign': ({ ids }) => ({ to: ids.member, from: null, note: 'kanarinote again' }),
  'POST /api/v1/chat/conversations/:id/release': () => ({ from: null, note: 'kanarinote again' }),
  'PUT /api/v1/chat/conversations/:id/draft': 'before',
  [`POST ${REPLIES}`]: () => ({ text: 'kanarilater again', inMs: 30 * 24 * 3_600_000 }),
  [`PATCH ${REPLIES}/:replyId`]: () => ({ ...VERSION, text: 'kanarilater again' }),
  [`POST ${REPLIES}/:replyId/send`]: { why: 'makes a message of it, which other routes show' },
  [`DELETE ${REPLIES}/:replyId`]: { why: 'ends what other routes are asked for, and answers nothing' },
  'POST /api/v1/chat/widget/identities': 'before',
  'POST /api/v1/chat/conversations/:id/take': () => ({}),
  'POST /api/v1/chat/conversations/:id/messages': () => ({
    sender: 'canary-http-1',
    number: 1,
    text: 'kanarimessage again',
  }),
  [REVEALS]: () => ({ reason: 'ticket' }),
  'POST /api/v1/chat/conversations/:id/notes': () => ({ sender: 'canary-http-2', number: 1, text: 'kanarinote again' }),
  'POST /api/v1/chat/conversations/:id/resolve': () => ({}),
  'POST /api/v1/chat/conversations/:id/reopen': () => ({}),
  'POST /api/v1/chat/widget/passes': () => ({ inbox: 'unknown-inbox' }),
  'POST /api/v1/chat/widget/consents': () => ({ inbox: 'unknown-inbox' }),
  'POST /api/v1/chat/widget/messages': () => ({ inbox: 'unknown-inbox', text: 'kanarimessage' }),
  'POST /api/v1/chat/widget/choices': () => ({
    scope: 'kanarimessage',
    granted: true,
    seen: null,
    screen: 'widget.your-data',
  }),
  'POST /api/v1/chat/widget/choices/withdraw-all': { why: 'would end what the other routes are asked about' },
  'POST /api/v1/crm/contacts/searches': () => ({ q: '13877665544' }),
  'POST /api/v1/chat/conversations/searches': ({ ids }) => ({ subjectIds: [ids.subject] }),
  'POST /api/v1/crm/contacts/names': ({ ids }) => ({ subjectIds: [ids.subject] }),
  'PATCH /api/v1/crm/contacts/:id': 'before',
  'POST /api/v1/crm/contacts/:id/reveals': 'before',
  'POST /api/v1/crm/contacts/:id/consent-requests': () => ({ field: 'address' }),
  'POST /api/v1/crm/contacts/bulk-reveals': ({ ids }) => ({ approvalId: ids.approval }),
  'PUT /api/v1/privacy/register': () => ({ baseVersion: 9, register: {}, note: 'kanarireason' }),
  'POST /api/v1/privacy/register/preview': () => ({ register: {} }),
  'POST /api/v1/privacy/links/:id/undo': () => ({ reason: 'other' }),
  'POST /api/v1/privacy/approvals': 'before',
  'POST /api/v1/privacy/approvals/:id/approve': () => ({}),
  'POST /api/v1/privacy/approvals/:id/refuse': () => ({}),
  'POST /api/v1/privacy/approvals/:id/cancel': () => ({}),
};

const EVERYBODY: readonly Asker[] = ['owner', 'agent', 'colleague', 'officer', 'visitor', 'nobody'];

/** Asks every route as everybody; answers the routes that nobody has said how to ask. */
export async function driveRoutes(world: CanaryWorld): Promise<readonly string[]> {
  const undriven: string[] = [];
  const known = new Set<string>();
  for (const { method, route } of listRoutes(world.world.app)) {
    const name = `${method} ${route}`;
    known.add(name);
    const how = method === 'GET' ? () => undefined : CHANGING[name];
    const path = pathOf(world, route);
    if (how === undefined || path === undefined) undriven.push(name);
    else if (typeof how === 'function') await askAll(world, method, name, path, how(world));
  }
  const stale = Object.keys(CHANGING).filter((name) => !known.has(name));
  return [...undriven, ...stale.map((name) => `${name} (there is no such route)`)];
}

/**
 * Routes that read, and routes of the desk, which let nobody through, neither when the world was made nor when they
 * were driven: a refusal has nothing in it, so they would prove nothing.
 */
export function refusedToAll({ world, outputs }: CanaryWorld): readonly string[] {
  const through = new Set(outputs.filter(({ status }) => status !== undefined && status < 300).map(({ sink }) => sink));
  const reading = listRoutes(world.app).filter(({ method }) => method === 'GET');
  return [...reading.map(({ route }) => `GET ${route}`), ...Object.keys(DESK)].filter((name) => !through.has(name));
}

async function askAll(world: CanaryWorld, method: string, sink: string, path: string, body: unknown): Promise<void> {
  for (const who of EVERYBODY) {
    const isVisitor = who === 'visitor';
    const headers: Record<string, string> = isVisitor ? { authorization: `Bearer ${world.visitor.token}` } : {};
    await world.call(who, method, path, { sink, headers, ...(body === undefined ? {} : { body }) });
  }
}

function pathOf(world: CanaryWorld, route: string): string | undefined {
  const parts = route.split('/').map((part) => (part.startsWith(':') ? PARAMETER[part]?.(world, route) : part));
  if (parts.includes(undefined)) return undefined;
  const query = QUERY[route]?.(world);
  return parts.join('/') + (query === undefined ? '' : `?${query}`);
}

/** Requests that are refused, with canaries where they do not belong: refusals repeat nothing. */
export async function driveErrors(world: CanaryWorld, values: readonly string[]): Promise<void> {
  const { ids } = world;
  const contact = `/api/v1/crm/contacts/${ids.contact}`;
  for (const value of values) {
    const text = encodeURIComponent(value);
    const refused: readonly (readonly [string, string, unknown?])[] = [
      ['GET', `/api/v1/crm/contacts/${text}`],
      ['GET', `/api/v1/crm/contacts?cursor=${text}`],
      ['GET', `/api/v1/nothing/${text}`],
      ['PATCH', contact, { version: 2, fields: { mobile: `${value} x`, email: value, extra: value } }],
      ['PATCH', contact, { version: 1, fields: { name: value } }],
      ['POST', `${contact}/reveals`, { field: value, reason: value }],
      [
        'POST',
        `/api/v1/chat/conversations/${ids.conversation}/messages`,
        { sender: value, number: value, text: [value] },
      ],
      ['POST', '/api/v1/privacy/approvals', { kind: value, fields: [value], reason: '' }],
      ['POST', '/api/v1/account/sign-in', { identifier: value, password: { value } }],
    ];
    for (const [method, path, body] of refused) {
      await world.call('agent', method, path, { sink: 'errors', ...(body === undefined ? {} : { body }) });
    }
  }
}
