import type {
  ColleagueAvailability,
  Me,
  MemberSummary,
  Preferences,
  Profile,
  SignInEntry,
  TeamSummary,
  Workspaces,
} from '@libs/contracts';
import { DEFAULT_PREFERENCES } from '@libs/contracts';

/** People who exist nowhere. Names that are hard on a layout are among them on purpose. */
export const HARD = {
  name: '林晓雯',
  company: '杭州晴川供应链管理与跨境电子商务综合服务（集团）股份有限公司华东区域客户服务中心第二运营分部（试运行）',
  rightToLeft: 'رنا الخطيب',
  emoji: '👩‍👩‍👧‍👦🙏',
  markup: '<b>加粗</b><img src=x onerror=alert(1)>',
  word: 'Donaudampfschiff'.repeat(25),
} as const;

export const NOW = Date.now();
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Ids look like those of the product. */
export const idOf = (number: number): string => `0198c0de-0000-7000-8000-${String(number).padStart(12, '0')}`;

export const SLUG = 'demo';
const tenant = { id: idOf(1), name: '晴川商店', slug: SLUG } as const;

const MEMBERS = {
  owner: { memberId: idOf(10), displayName: '周宁' },
  admin: { memberId: idOf(11), displayName: '陈立' },
  supervisor: { memberId: idOf(12), displayName: '李娜' },
  agent: { memberId: idOf(13), displayName: '王敏' },
  'privacy-officer': { memberId: idOf(14), displayName: '何青' },
} as const;

export type Role = Me['role'];
export const meAs = (role: Role): Me => ({ ...MEMBERS[role], role, tenant });

export const workspaces: Workspaces = {
  items: [
    { tenantId: tenant.id, name: tenant.name, slug: SLUG, current: true },
    { tenantId: idOf(2), name: HARD.company, slug: 'qingchuan', current: false },
  ],
};

const member = (id: number, displayName: string, rest: Partial<MemberSummary>): MemberSummary => ({
  id: idOf(id),
  displayName,
  role: 'agent',
  state: 'active',
  secondFactor: false,
  lastSeenAt: NOW - 3 * MINUTE,
  expiresAt: null,
  version: 1,
  ...rest,
});

export const members: readonly MemberSummary[] = [
  member(10, '周宁', { role: 'owner', secondFactor: true }),
  member(11, '陈立', { role: 'admin', secondFactor: true, lastSeenAt: NOW - DAY }),
  member(12, '李娜', { role: 'supervisor', lastSeenAt: NOW - 2 * HOUR }),
  member(13, '王敏', {}),
  member(14, '何青', { role: 'privacy-officer', secondFactor: true }),
  member(15, HARD.company, { lastSeenAt: null }),
  member(16, HARD.rightToLeft, { state: 'disabled', lastSeenAt: NOW - 40 * DAY }),
  member(17, 'z***@demo.example', { state: 'invited', lastSeenAt: null, expiresAt: NOW + 5 * DAY }),
  member(18, HARD.markup, { state: 'invited', lastSeenAt: null, expiresAt: NOW - DAY }),
];

export const teams: readonly TeamSummary[] = [
  {
    id: idOf(20),
    name: '售后',
    members: [
      { id: idOf(12), name: '李娜' },
      { id: idOf(13), name: '王敏' },
      { id: idOf(15), name: HARD.company },
    ],
    archived: false,
    version: 2,
  },
  { id: idOf(21), name: HARD.company, members: [], archived: false, version: 1 },
  { id: idOf(22), name: '春节值班', members: [{ id: idOf(13), name: '王敏' }], archived: true, version: 4 },
];

export const colleagues = {
  items: [
    { id: idOf(10), name: '周宁' },
    { id: idOf(12), name: '李娜' },
    { id: idOf(13), name: '王敏' },
    { id: idOf(15), name: HARD.company },
  ],
  teams: [
    { id: idOf(20), name: '售后' },
    { id: idOf(21), name: HARD.company },
  ],
} as const;

export const availabilities: readonly ColleagueAvailability[] = [
  { id: idOf(10), name: '周宁', availability: 'offline', open: 0, capacity: 6 },
  { id: idOf(12), name: '李娜', availability: 'busy', open: 6, capacity: 6 },
  { id: idOf(13), name: '王敏', availability: 'online', open: 3, capacity: 6 },
  { id: idOf(15), name: HARD.company, availability: 'online', open: 1, capacity: 20 },
];

export const preferences: Preferences = { ...DEFAULT_PREFERENCES, quietHours: { from: 1320, to: 480 }, version: 3 };

export const profile: Profile = {
  displayName: '王敏',
  nickname: '小敏',
  realName: '王敏',
  telephone: null,
  fax: null,
  contactAddress: '上海市浦东新区张江路100号',
  region: '上海',
  position: HARD.company,
  interest: null,
  email: 'agent@demo.example',
  mobile: '+8613800001234',
  mobileVerifiedAt: null,
  emailVerifiedAt: null,
  locked: ['realName', 'position'],
  version: 2,
};

const entry = (number: number, kind: SignInEntry['kind'], rest: Partial<SignInEntry> = {}): SignInEntry => ({
  id: idOf(number),
  kind,
  at: NOW - number * HOUR,
  device: 'Chrome 140, Windows',
  network: '203.0.113.*',
  sessionId: null,
  current: false,
  ...rest,
});

export const signIns: readonly SignInEntry[] = [
  entry(1, 'signed-in', { sessionId: idOf(31), current: true }),
  entry(2, 'signed-in', { sessionId: idOf(32), device: 'Safari, iPhone' }),
  entry(5, 'unusual', { device: null, network: null }),
  entry(9, 'second-step-failed'),
  entry(30, 'locked'),
  entry(300, 'password-changed'),
];
