import type {
  AgreementTexts,
  FirstRun,
  HoursDetail,
  InboxDetail,
  InboxRouting,
  InboxSettings,
  InboxSummary,
  InvitationView,
  MemberNotice,
  Notice,
  PersonalChoice,
  RoleView,
  VisitorItem,
} from '@libs/contracts';
import { DAY, HARD, HOUR, idOf, MINUTE, NOW } from './world-people.js';

const noticeIn = (zh: boolean): Notice => ({
  version: 3,
  hash: 'ab12'.repeat(16),
  controller: zh ? HARD.company : 'Qingchuan Trading Ltd.',
  purpose: zh ? '回答您的咨询' : 'To answer your questions',
  dataKinds: zh ? '消息、文件、称呼' : 'Messages, files, name',
  retention: zh ? '会话24个月，网络日志6个月' : 'Conversations 24 months, network log 6 months',
  rights: zh ? '查阅、复制、更正、删除、撤回同意' : 'Access, copy, correct, erase, withdraw',
  complaints: zh
    ? 'complaints@shop.example；也可以向您所在地的监管部门投诉'
    : 'complaints@shop.example; or the supervisory authority where you live',
  fullText: (zh ? '我们如何处理您的信息。\n\n' : 'How we process your information.\n\n').repeat(12),
});
export const NOTICES = { 'zh-CN': noticeIn(true), en: noticeIn(false) } as const;

export const widgetSettings = (origin: string): InboxSettings => ({
  inbox: 'gallery',
  businessName: '晴川商店',
  businessNames: { en: 'Qingchuan Shop' },
  theme: { brand: '#3654CC', onBrand: '#FFFFFF', brandText: '#3654CC', brandTextDark: '#577BF1', mode: 'auto' },
  place: { side: 'right', x: 20, y: 20 },
  locales: ['zh-CN', 'en'],
  greeting: { 'zh-CN': '您好，请问有什么可以帮您？', en: 'Hello, how can we help?' },
  phone: origin === '' ? '' : '400-820-0000',
  notice: NOTICES,
});

const summary: InboxSummary = {
  id: idOf(60),
  key: 'gallery',
  name: '官网在线客服',
  state: 'live',
  origins: [{ origin: 'https://shop.example', shown: 'shop.example' }],
  brand: '#3654CC',
  noticeVersion: 3,
  missing: [],
  version: 7,
};
export const inboxes: readonly InboxSummary[] = [
  summary,
  {
    ...summary,
    id: idOf(61),
    key: 'gallery-2',
    name: HARD.company,
    state: 'draft',
    origins: [],
    brand: '#07C160',
    noticeVersion: null,
    missing: ['origin', 'identity', 'notice', 'attestation'],
  },
];

export function inboxAt(origin: string, which: InboxSummary = summary): InboxDetail {
  const { version: _version, hash: _hash, ...zh } = NOTICES['zh-CN'];
  const { version: _other, hash: _otherHash, ...en } = NOTICES.en;
  return {
    ...which,
    look: { brand: which.brand, contrast: 'keep', mode: 'auto', side: 'right', offsetX: 20, offsetY: 20 },
    locales: ['zh-CN', 'en'],
    greeting: { 'zh-CN': '您好，请问有什么可以帮您？', en: '' },
    phone: '400-820-0000',
    businessName: which.state === 'live' ? '晴川商店有限公司' : '',
    businessContact: which.state === 'live' ? 'privacy@shop.example' : '',
    complaintContact: which.state === 'live' ? 'complaints@shop.example' : '',
    attestedAt: which.state === 'live' ? NOW - 30 * DAY : null,
    notice: { notices: { 'zh-CN': zh, en }, isPublished: which.state === 'live' },
    identityMode: 'optional',
    secrets: [
      { id: idOf(65), createdAt: NOW - DAY, expiresAt: null },
      { id: idOf(66), createdAt: NOW - 90 * DAY, expiresAt: NOW + HOUR },
    ],
    settings: widgetSettings(origin),
    hostedUrl: `${origin}/c/gallery`,
    widgetOrigin: origin,
  };
}

export const routing: InboxRouting = {
  version: 2,
  mode: 'least-busy',
  teamId: idOf(20),
  overflowTeamId: idOf(21),
  overflowAfterSeconds: 60,
  showPlace: true,
  hoursId: idOf(90),
  outsideHours: 'hold',
};

const weekday = {
  periods: [
    { from: '09:00', to: '12:00' },
    { from: '13:30', to: '18:00' },
  ],
} as const;
export const hours: readonly HoursDetail[] = [
  {
    id: idOf(90),
    name: '工作日',
    timeZone: 'Asia/Shanghai',
    week: [weekday, weekday, weekday, weekday, weekday, { periods: [] }, { periods: [] }],
    days: [
      { date: '2027-02-06', name: '春节', periods: [] },
      { date: '2027-02-20', name: '调休', periods: weekday.periods },
    ],
    isDefault: true,
    version: 3,
    now: { open: true, changesAt: NOW + 3 * HOUR },
  },
  {
    id: idOf(91),
    name: HARD.company,
    timeZone: 'America/Argentina/ComodRivadavia',
    week: Array.from({ length: 7 }, () => ({ periods: [] })),
    days: [],
    isDefault: false,
    version: 1,
    now: { open: false, changesAt: null },
  },
];

const ALL = ['conversations:read', 'conversations:reply', 'contacts:read', 'contacts:edit'] as const;
const office = [...ALL, 'privacy:read', 'privacy:manage', 'teams:read', 'members:manage', 'inboxes:manage'];
export const roles: readonly RoleView[] = [
  { role: 'owner', permissions: office, scopes: ['all'], secondFactor: true },
  { role: 'admin', permissions: office, scopes: ['all'], secondFactor: true },
  { role: 'privacy-officer', permissions: ['privacy:read', 'privacy:manage'], scopes: [], secondFactor: true },
  {
    role: 'supervisor',
    permissions: [...ALL, 'conversations:watch', 'teams:read'],
    scopes: ['all'],
    secondFactor: false,
  },
  { role: 'agent', permissions: ALL, scopes: ['own-and-participated', 'unassigned-of-inboxes'], secondFactor: false },
];

const firstRun = (done: number): FirstRun => ({
  steps: {
    inbox: done > 0 ? NOW - 9 * MINUTE : null,
    notice: done > 1 ? NOW - 8 * MINUTE : null,
    snippet: done > 2 ? NOW - 6 * MINUTE : null,
    invitation: done > 3 ? NOW - 5 * MINUTE : null,
    answer: done > 4 ? NOW - 2 * MINUTE : null,
  },
  inbox: done > 0 ? { id: idOf(60), name: HARD.company, live: done > 1 } : null,
  refusedOrigin: done === 2 ? { origin: 'https://shop.example', shown: 'shop.example' } : null,
});
export const firstRuns = { begun: firstRun(2), none: firstRun(0), done: firstRun(5) } as const;

export const agreementsIn = (locale: 'zh-CN' | 'en'): AgreementTexts => ({
  locale,
  hash: 'cd34'.repeat(16),
  items: (['privacy-policy', 'processing-terms', 'adult'] as const).map((kind) => ({
    kind,
    version: 2,
    title: locale === 'en' ? `Text of ${kind}` : `《${kind}》`,
    text: (locale === 'en' ? 'What is agreed to. ' : '所同意的内容。').repeat(kind === 'adult' ? 2 : 20),
  })),
});

export const memberNoticeIn = (locale: 'zh-CN' | 'en'): MemberNotice => ({
  version: '1',
  locale,
  text: (locale === 'en' ? 'Who can see your work. ' : '谁能看到你的工作。').repeat(12),
  seenBy: [
    { role: 'owner', count: 1 },
    { role: 'supervisor', count: 3 },
  ],
  confirmedAt: null,
});

export const invitation: InvitationView = {
  workspace: HARD.company,
  inviter: '周宁',
  role: 'agent',
  expiresAt: NOW + 5 * DAY,
};

const choice = (scope: string, title: string, rest: Partial<PersonalChoice>): PersonalChoice => ({
  scope,
  type: 'ordinary',
  kind: 'extended',
  purpose: scope.split('/')[1]!,
  group: title,
  title,
  text: `${title}：仅用于这一目的，可随时撤回。`,
  version: 1,
  noticeHash: 'ab12'.repeat(16),
  state: 'none',
  decidedAt: null,
  seen: null,
  asked: false,
  ...rest,
});
export const choices: readonly PersonalChoice[] = [
  choice('purpose/support-conversation', '文字会话', { kind: 'basic', state: 'granted', decidedAt: NOW - DAY }),
  choice('purpose/customer-relations', '客户档案', { state: 'granted', decidedAt: NOW - DAY }),
  choice('purpose/marketing', '营销消息', { state: 'refused', decidedAt: NOW - HOUR }),
  choice('purpose/location-message', '位置', { type: 'separate', state: 'superseded' }),
];
/** The consent to the conversation was taken back. */
export const withdrawnChoices: readonly PersonalChoice[] = choices.map((one) =>
  one.kind === 'basic' ? { ...one, state: 'withdrawn' } : one,
);
/** The conversation rests on a notice that another one has followed. */
export const supersededChoices: readonly PersonalChoice[] = choices.map((one) =>
  one.kind === 'basic' ? { ...one, state: 'superseded' } : one,
);
export const askedChoices: readonly PersonalChoice[] = choices.map((one) =>
  one.scope === 'purpose/location-message' ? { ...one, state: 'none', asked: true } : one,
);

export const visitorItems: readonly VisitorItem[] = [
  { seq: 1, kind: 'message', from: 'visitor', text: '榨汁机不转了', at: NOW - 9 * MINUTE, sender: 'gallery-visitor' },
  { seq: 2, kind: 'message', from: 'agent', name: '小敏', text: '您好，请发一张机身标签照片。', at: NOW - 8 * MINUTE },
  { seq: 3, kind: 'message', from: 'visitor', text: HARD.word, at: NOW - 7 * MINUTE, sender: 'gallery-visitor' },
  { seq: 4, kind: 'message', from: 'agent', name: HARD.rightToLeft, text: HARD.rightToLeft, at: NOW - 6 * MINUTE },
  { seq: 5, kind: 'message', from: 'visitor', text: HARD.emoji, at: NOW - 5 * MINUTE, sender: 'gallery-visitor' },
  {
    ...{ seq: 6, kind: 'message', from: 'agent', name: '小敏', at: NOW - 4 * MINUTE },
    text: `${HARD.markup} https://carrier.example/track/123`,
  },
];
