import type * as wire from '@libs/contracts';
import * as desk from './world-desk.js';
import * as people from './world-people.js';
import * as place from './world-settings.js';
import * as talk from './world-talk.js';

/** What a request is answered with: a body, a refusal, or nothing at all for as long as one waits. */
export type Answer =
  | { readonly body: unknown }
  | { readonly status: number; readonly code: string; readonly details?: Readonly<Record<string, string | number>> }
  | 'never';

/** `METHOD /path` below /api/v1; a part `*` stands for any id. */
export type Answers = Readonly<Record<string, (asked: Asked) => Answer>>;

export interface Asked {
  readonly query: URLSearchParams;
  readonly path: readonly string[];
  readonly role: people.Role;
  readonly origin: string;
}

export const body =
  <T>(value: T) =>
  (): Answer => ({ body: value });
export const refused =
  (status: number, code: string, details: Readonly<Record<string, string | number>> = {}) =>
  (): Answer => ({ status, code, details });
/** Somebody was quicker; who and when, as the server says it. */
export const overtaken = (code: string, details: Readonly<Record<string, string | number>> = {}) =>
  refused(409, code, { changedBy: 'member', changedByName: '李娜', changedAt: people.NOW - 5 * 60_000, ...details });
export const failing = refused(500, 'kernel.unexpected');
export const never = (): Answer => 'never';

const localeOf = ({ query }: Asked) => (query.get('locale') === 'en' ? 'en' : 'zh-CN');

function listOf({ query }: Asked): Answer {
  const states = query.get('state')?.split(',');
  const person = query.get('person');
  if (person !== null) {
    return { body: { items: talk.historyOf(person), next: null } satisfies wire.ConversationPage };
  }
  const rows = { mine: talk.mine, unassigned: talk.unassigned, mentions: talk.mine.slice(0, 1) }[
    query.get('view') ?? ''
  ];
  const items = (rows ?? talk.everybody).filter(({ state }) => states === undefined || states.includes(state));
  return { body: { items, next: null } satisfies wire.ConversationPage };
}

function oneOf({ path }: Asked): Answer {
  const found = talk.everybody.find(({ id }) => id === path.at(-1));
  return found ? { body: found satisfies wire.ConversationSummary } : refused(404, 'chat.conversation-not-found')();
}

const account: Answers = {
  'GET /account/me': ({ role }) => ({ body: people.meAs(role) satisfies wire.Me }),
  'GET /account/options': body<wire.AccountOptions>({ sms: true, mail: true, signUp: true }),
  'GET /account/agreements': (asked) => ({ body: place.agreementsIn(localeOf(asked)) }),
  'GET /account/workspaces': body<wire.Workspaces>(people.workspaces),
  'GET /account/members': body<wire.MemberPage>({ items: people.members, next: null, total: people.members.length }),
  'GET /account/members/*/work': body<wire.MemberWork>({ openConversations: 3 }),
  'GET /account/roles': body<{ readonly items: readonly wire.RoleView[] }>({ items: place.roles }),
  'GET /account/teams': body<wire.TeamList>({ items: people.teams }),
  'GET /account/pictures': body<wire.MemberPictures>({ items: [] }),
  'GET /account/me/profile': body<wire.Profile>(people.profile),
  'GET /account/me/preferences': body<wire.Preferences>(people.preferences),
  'PATCH /account/me/preferences': body<wire.Preferences>(people.preferences),
  'GET /account/me/second-factor': body<wire.SecondFactorState>({
    enrolledAt: people.NOW - people.DAY,
    recoveryCodesLeft: 2,
    required: false,
  }),
  'POST /account/me/second-factor': body<wire.SecondFactorOffer>({
    secret: 'JBSWY3DPEHPK3PXP',
    uri: 'otpauth://totp/Custodia:agent?secret=JBSWY3DPEHPK3PXP',
  }),
  'GET /account/me/sign-ins': body({ items: people.signIns satisfies readonly wire.SignInEntry[] }),
  'GET /account/me/notice': (asked) => ({ body: place.memberNoticeIn(localeOf(asked)) }),
  'GET /account/workspace': body<wire.WorkspaceView>({
    id: people.idOf(1),
    name: people.HARD.company,
    slug: people.SLUG,
    kind: 'legal-person',
    createdAt: people.NOW - 400 * people.DAY,
    version: 2,
  }),
  'POST /account/invitations/look': body<wire.InvitationView>(place.invitation),
  'POST /account/sign-in': refused(401, 'account.credentials-invalid'),
  'POST /account/resets': body({}),
  'POST /account/resets/use': body({}),
  'POST /account/me/email-proof': body({}),
  'POST /account/email-confirmations': body({}),
};

const chat: Answers = {
  'GET /chat/conversations': listOf,
  'POST /chat/conversations/searches': body<wire.ConversationPage>({ items: talk.found, next: null }),
  'GET /chat/conversations/counts': body<wire.ListCounts>(talk.counts),
  'GET /chat/conversations/*': oneOf,
  'GET /chat/conversations/*/items': ({ path }) => ({
    body: { items: talk.itemsOf(path[2]!), more: false } satisfies wire.ItemPage,
  }),
  'GET /chat/conversations/*/draft': body<wire.KeptDraft>({ message: '', note: '', version: 0 }),
  'GET /chat/conversations/*/scheduled-replies': body<wire.ScheduledReplies>({ items: [] }),
  'PUT /chat/conversations/*/draft': body<wire.DraftVersion>({ version: 1 }),
  'POST /chat/conversations/*/mentions/read': body<wire.MentionsLeft>({ unread: 0 }),
  'GET /chat/labels': body<wire.LabelList>({ items: talk.labels }),
  'GET /chat/labels/*/use': body<wire.LabelUse>({ conversations: 12 }),
  'GET /chat/views': body<wire.SavedViews>({ items: talk.views }),
  'GET /chat/list-options': body<wire.ListOptions>({
    inboxes: [
      { id: people.idOf(60), name: '官网在线客服' },
      { id: people.idOf(61), name: people.HARD.company },
    ],
  }),
  'GET /chat/colleagues': body<wire.Colleagues>(people.colleagues),
  'GET /chat/colleagues/availability': body<wire.ColleagueAvailabilities>({ items: people.availabilities }),
  'GET /chat/availability': body<wire.OwnAvailability>({ availability: 'online', lost: false, open: 3, capacity: 6 }),
  'GET /chat/mentions': body<wire.Mentions>({ items: talk.mentions, unread: 1 }),
  'GET /chat/canned-responses': body<wire.CannedResponses>({
    items: talk.canned,
    agentName: '小敏',
    workspaceName: '晴川商店',
  }),
  'GET /chat/first-run': body<wire.FirstRun>(place.firstRuns.begun),
  'GET /chat/inboxes': body<wire.InboxList>({ items: place.inboxes }),
  'GET /chat/inboxes/*': ({ path, origin }) => ({
    body: place.inboxAt(
      origin,
      place.inboxes.find(({ id }) => id === path.at(-1)),
    ) satisfies wire.InboxDetail,
  }),
  'GET /chat/inboxes/*/routing': body<wire.InboxRouting>(place.routing),
  'GET /chat/hours': body<wire.HoursList>({ items: place.hours }),
  'GET /chat/reports/live': body<wire.LiveBoard>({
    at: people.NOW,
    waiting: 4,
    waitingSince: people.NOW - 26 * people.HOUR,
    open: 14,
    queues: [
      { inboxId: people.idOf(60), name: '官网在线客服', waiting: 4, waitingSince: people.NOW - 26 * people.HOUR },
      { inboxId: people.idOf(61), name: people.HARD.company, waiting: 0, waitingSince: null },
    ],
    members: people.availabilities,
  }),
  'GET /chat/routing': body<wire.RoutingSettings>({ version: 1, defaultCapacity: 6, returnAfterSeconds: 120 }),
  'GET /chat/routing/members': body<wire.MemberCapacities>({
    defaultCapacity: 6,
    items: [{ id: people.idOf(13), name: '王敏', capacity: null }],
  }),
};

const widget: Answers = {
  'POST /chat/widget/passes': body<wire.PassGranted>({ pass: 'gallery-pass', expiresAt: people.NOW + people.HOUR }),
  'POST /chat/widget/consents': body<wire.ConsentGranted>({
    slip: 'gallery-slip',
    expiresAt: people.NOW + people.DAY,
  }),
  'GET /chat/widget/choices': body<wire.PersonalChoices>({
    choices: place.choices,
    erasureAt: null,
    erasureHours: 24,
  }),
};

const rest: Answers = {
  'GET /crm/contacts': body<wire.ContactPage>({ items: desk.contacts, next: 'more' }),
  'POST /crm/contacts/searches': body<wire.ContactPage>({ items: [], next: null }),
  'GET /crm/contacts/*': body<wire.ContactDetail>(desk.contact),
  'GET /crm/contacts/by-subject/*': body<wire.ContactCard>(talk.card),
  'POST /crm/contacts/names': body<wire.PersonNames>({
    items: [{ subjectId: talk.card.subjectId, name: talk.card.fields.name }],
  }),
  'POST /crm/contacts/bulk-reveals': body<wire.BulkRevealed>({
    field: 'mobile',
    items: desk.contacts.map(({ id, subjectId, fields }) => ({ contactId: id, subjectId, value: fields.mobile })),
  }),
  'GET /privacy/register': body<wire.RegisterView>(desk.registerView),
  'GET /privacy/register/versions': body<wire.RegisterVersions>({ items: desk.registerVersions }),
  'GET /privacy/register/versions/*': body<wire.RegisterView>({
    ...desk.registerView,
    version: 11,
    register: desk.olderRegister,
  }),
  'POST /privacy/register/preview': body<wire.RegisterImpact>({
    freshConsent: [{ purpose: 'customer-relations', people: 2140 }],
    loosened: ['contact.mobile'],
    problems: [],
  }),
  'GET /privacy/consents': body<wire.ConsentPage>({ items: desk.consents, next: 'more' }),
  'GET /privacy/consents/counts': body<wire.ConsentCounts>(desk.consentCounts),
  'GET /privacy/links': body<wire.SubjectLinks>({
    items: [
      {
        ...{ id: people.idOf(410), subjectId: people.idOf(400), otherId: people.idOf(401) },
        ...{ reason: 'signed-identity', at: people.NOW - people.DAY },
      },
    ],
  }),
  'GET /privacy/reads': body<wire.ReadPage>({ items: desk.reads, next: null }),
  'GET /privacy/approvals': body<wire.ApprovalPage>({ items: desk.approvals }),
};

/** The workspace as it is on a good day. States of a screen answer some of it otherwise. */
export const GOOD_DAY: Answers = { ...account, ...chat, ...widget, ...rest };

/** The most exact entry that fits; without one the screen asked for something the gallery does not know. */
export function answerFor(answers: Answers, method: string, path: readonly string[]): Answers[string] | undefined {
  const fits = Object.keys(answers).filter((key) => {
    const [verb, pattern] = key.split(' ');
    const parts = pattern!.slice(1).split('/');
    return verb === method && parts.length === path.length && parts.every((part, at) => ['*', path[at]].includes(part));
  });
  const stars = (key: string) => key.split('*').length;
  const best = fits.sort((one, other) => stars(one) - stars(other))[0];
  return best === undefined ? undefined : answers[best];
}
