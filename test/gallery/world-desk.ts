import type {
  Approval,
  ConsentCounts,
  ConsentEntry,
  ContactDetail,
  ContactSummary,
  PersonalValue,
  ReadEntry,
  RegisterContent,
  RegisterView,
} from '@libs/contracts';
import { personHandle } from '@libs/contracts';
import { DEFAULT_REGISTER } from '@libs/privacy-core';
import { DAY, HARD, HOUR, idOf, MINUTE, NOW } from './world-people.js';

const plain = (value: string): PersonalValue => ({ face: 'plain', value });
const masked = (value: string): PersonalValue => ({ face: 'masked', value });
const withheld = (reason: 'purpose' | 'no-consent' | 'withdrawn'): PersonalValue => ({
  face: 'withheld',
  reason,
  at: reason === 'withdrawn' ? NOW - 3 * DAY : null,
});
const EMPTY: PersonalValue = { face: 'empty' };
const HIDDEN: PersonalValue = { face: 'no-permission' };

const person = (number: number, fields: ContactSummary['fields']): ContactSummary => ({
  id: idOf(300 + number),
  subjectId: idOf(400 + number),
  fields,
  firstSeenAt: NOW - (30 + number) * DAY,
  updatedAt: NOW - number * HOUR,
  version: 2,
});

/** Every face of a value, and what is hard on a table. */
export const contacts: readonly ContactSummary[] = [
  person(0, {
    name: plain(HARD.name),
    mobile: masked('138****1234'),
    email: masked('l***@qq.com'),
    wechat: withheld('no-consent'),
    address: HIDDEN,
  }),
  person(1, {
    name: masked('陈**'),
    mobile: withheld('withdrawn'),
    email: EMPTY,
    wechat: withheld('purpose'),
    address: masked('上海市浦东新区****'),
  }),
  person(2, {
    name: plain(HARD.rightToLeft),
    mobile: EMPTY,
    email: EMPTY,
    wechat: EMPTY,
    address: plain(HARD.company),
  }),
  person(3, { name: plain(HARD.word.slice(0, 100)), mobile: HIDDEN, email: HIDDEN, wechat: HIDDEN, address: HIDDEN }),
];

export const contact: ContactDetail = {
  ...contacts[0]!,
  consents: [
    { scope: 'purpose/support-conversation', decision: 'grant', version: 3, at: NOW - 30 * DAY, superseded: false },
    { scope: 'purpose/customer-relations', decision: 'grant', version: 1, at: NOW - 29 * DAY, superseded: true },
    { scope: 'purpose/marketing', decision: 'withdraw', version: 1, at: NOW - DAY, superseded: false },
  ],
  marks: { name: 'm1', mobile: 'm2', email: 'm3', wechat: null, address: null },
  asking: { name: 'not-needed', mobile: 'not-needed', email: 'not-needed', wechat: 'possible', address: 'refused' },
};

export const register = DEFAULT_REGISTER satisfies RegisterContent;

export const registerView: RegisterView = {
  version: 12,
  changedAt: NOW - 2 * DAY,
  changedBy: '何青',
  note: HARD.company,
  register,
};
/** Another version: the first purpose is kept for another time. */
export const olderRegister: RegisterContent = {
  ...register,
  activities: register.activities.map((one, index) => (index === 0 ? { ...one, retainMonths: 18 } : one)),
};
export const registerVersions = [
  { version: 12, changedAt: NOW - 2 * DAY, changedBy: '何青', note: HARD.company },
  { version: 11, changedAt: NOW - 20 * DAY, changedBy: '陈立', note: '会话保存改为18个月' },
  { version: 1, changedAt: NOW - 300 * DAY, changedBy: null, note: '' },
] as const;

const record = (number: number, rest: Partial<ConsentEntry>): ConsentEntry => ({
  id: idOf(500 + number),
  subjectId: idOf(400),
  handle: personHandle(idOf(400)),
  scope: 'purpose/support-conversation',
  type: 'ordinary',
  decision: 'grant',
  version: 3,
  noticeVersion: 3,
  noticeHash: '9f2c'.repeat(16),
  locale: 'zh-CN',
  screen: 'widget.notice',
  channel: 'widget',
  method: 'click',
  actor: 'visitor',
  decidedAt: NOW - number * HOUR,
  intact: true,
  ...rest,
});
export const consents: readonly ConsentEntry[] = [
  record(1, {}),
  record(2, { scope: 'purpose/customer-relations', type: 'separate', screen: 'widget.consent-card' }),
  record(3, { scope: 'purpose/marketing', decision: 'refuse' }),
  record(4, { scope: 'purpose/marketing', decision: 'withdraw', locale: 'en', screen: 'widget.your-data' }),
  record(5, { decision: 'grant', intact: false }),
];
export const consentCounts: ConsentCounts = {
  items: register.activities.map(({ purpose }, index) => ({
    scope: `purpose/${purpose}`,
    granted: 12_408 - index * 700,
    superseded: index,
    refused: index * 3,
    withdrawn: index * 2,
  })),
};

export const reads: readonly ReadEntry[] = [
  {
    id: idOf(600),
    at: NOW - 5 * MINUTE,
    by: '王敏',
    role: 'agent',
    purpose: 'support-conversation',
    fields: ['contact.mobile'],
    range: `contact:${idOf(300)}`,
    reason: 'conversation',
    basis: null,
    basisNote: null,
  },
  {
    id: idOf(601),
    at: NOW - DAY,
    by: HARD.company,
    role: null,
    purpose: 'subject-request',
    fields: ['chat.message', 'contact.name', 'contact.email'],
    range: `conversation:${idOf(101)} 12-40`,
    reason: null,
    basis: 'L-LEGALDUTY',
    basisNote: HARD.company,
  },
];

const asked = (number: number, rest: Partial<Approval>): Approval => ({
  id: idOf(700 + number),
  kind: 'bulk-reveal',
  state: 'pending',
  requestedBy: { memberId: idOf(12), name: '李娜' },
  requestedAt: NOW - number * HOUR,
  expiresAt: NOW + (24 - number) * HOUR,
  reason: '核对3月退货名单',
  fields: ['contact.mobile'],
  changes: [],
  proposal: null,
  people: 12,
  handles: [],
  decidedBy: null,
  decidedAt: null,
  mine: false,
  decidable: false,
  ...rest,
});
const decided = { decidedBy: { memberId: idOf(14), name: '何青' }, decidedAt: NOW - HOUR } as const;
export const approvals: readonly Approval[] = [
  asked(1, {
    decidable: true,
    handles: Array.from({ length: 12 }, (_, at) => personHandle(idOf(300 + at))),
  }),
  asked(2, {
    kind: 'loosen-fields',
    decidable: true,
    reason: HARD.company,
    changes: [
      { field: 'contact.mobile', aspect: 'role', of: 'supervisor', before: 'masked', after: 'plain' },
      { field: 'contact.wechat', aspect: 'tier', of: '', before: 'T3', after: 'T2' },
    ],
    proposal: { baseVersion: 12, register: olderRegister },
  }),
  asked(3, { mine: true, state: 'approved', requestedBy: { memberId: idOf(14), name: '何青' }, ...decided }),
  asked(4, { state: 'refused', ...decided }),
  asked(5, { state: 'expired' }),
];
