import type {
  AgentItem,
  CannedResponse,
  ContactCard,
  ConversationSummary,
  Label,
  ListCounts,
  Mention,
  SavedView,
  ScheduledReply,
} from '@libs/contracts';
import { DAY, HARD, HOUR, idOf, MINUTE, NOW } from './world-people.js';

export const labels: readonly Label[] = [
  { id: idOf(50), name: '老客', colour: 'blue', order: 0, archived: false },
  { id: idOf(51), name: '退货', colour: 'amber', order: 1, archived: false },
  { id: idOf(52), name: '投诉', colour: 'red', order: 2, archived: false },
  { id: idOf(53), name: HARD.company.slice(0, 50), colour: 'teal', order: 3, archived: false },
  { id: idOf(54), name: HARD.rightToLeft, colour: 'violet', order: 4, archived: false },
  { id: idOf(55), name: 'VIP', colour: 'green', order: 5, archived: false },
  { id: idOf(56), name: '双十一', colour: 'pink', order: 6, archived: true },
  { id: idOf(57), name: '其他', colour: 'grey', order: 7, archived: false },
];
const refs = (...at: readonly number[]) => at.map((index) => labels[index]!);

const row = (number: number, rest: Partial<ConversationSummary>): ConversationSummary => ({
  id: idOf(100 + number),
  subjectId: idOf(200 + number),
  inboxId: idOf(60),
  inboxName: '官网在线客服',
  state: 'open',
  snoozedUntil: null,
  assigneeId: idOf(13),
  assigneeName: '王敏',
  handle: `${number}F2A`,
  preview: { from: 'visitor', text: '榨汁机收到就不转了，能退吗？' },
  lastAt: NOW - number * 4 * MINUTE,
  seq: 8,
  revision: 14,
  unread: 0,
  labels: [],
  waitingSince: null,
  ...rest,
});

const PREVIEWLESS = { preview: undefined } as unknown as Partial<ConversationSummary>;

export const mine: readonly ConversationSummary[] = [
  row(1, { unread: 2, waitingSince: NOW - 12 * MINUTE, labels: refs(0, 1) }),
  row(2, { preview: { from: 'agent', text: '预计3个工作日到账，请留意短信。' } }),
  row(3, {
    inboxName: HARD.company,
    preview: { from: 'visitor', text: HARD.word },
    labels: refs(2, 3, 4),
    unread: 120,
    waitingSince: NOW - 26 * HOUR,
  }),
  row(4, { preview: { from: 'visitor', text: `${HARD.rightToLeft} ${HARD.emoji} ${HARD.markup}` } }),
  row(5, { ...PREVIEWLESS, withheld: 'withdrawn', waitingSince: NOW - 3 * MINUTE }),
  row(6, { state: 'snoozed', snoozedUntil: NOW + 3 * HOUR, labels: refs(5) }),
  row(7, { ...PREVIEWLESS, withheld: 'no-permission' }),
  row(8, { state: 'resolved', lastAt: NOW - 2 * DAY }),
];

export const unassigned: readonly ConversationSummary[] = [
  row(11, { ...PREVIEWLESS, state: 'queued', assigneeId: null, assigneeName: null, waitingSince: NOW - 2 * MINUTE }),
  row(12, {
    ...PREVIEWLESS,
    state: 'queued',
    assigneeId: null,
    assigneeName: null,
    waitingSince: NOW - 55 * MINUTE,
    unread: 4,
  }),
];

/** A colleague's, for whoever may look on. */
export const others = row(21, { assigneeId: idOf(13), assigneeName: '王敏' });

export const everybody: readonly ConversationSummary[] = [...unassigned, ...mine, others];

/** What somebody has, as themselves and as whom the site signed with the same name. */
export const historyOf = (subjectId: string): readonly ConversationSummary[] => [
  row(31, { subjectId, unread: 2, waitingSince: NOW - 12 * MINUTE }),
  row(32, { lastAt: NOW - 26 * HOUR, state: 'snoozed', snoozedUntil: NOW + 3 * HOUR, inboxName: HARD.company }),
  row(33, { subjectId, lastAt: NOW - 3 * DAY, state: 'resolved', preview: { from: 'visitor', text: HARD.word } }),
  row(34, { ...PREVIEWLESS, lastAt: NOW - 9 * DAY, state: 'queued', assigneeId: null, assigneeName: null }),
  row(35, { ...PREVIEWLESS, lastAt: NOW - 40 * DAY, state: 'resolved', withheld: 'withdrawn' }),
  row(36, { subjectId, lastAt: NOW - 41 * DAY, state: 'resolved', assigneeName: HARD.name }),
  row(37, { subjectId, lastAt: NOW - 300 * DAY, state: 'resolved' }),
];

/** Conversations of somebody who was looked for, in any state. */
export const found: readonly ConversationSummary[] = [0, 2, 4, 5, 7].map((at) => mine[at]!);

export const OPEN = mine[0]!;
export const HARD_TALK = mine[2]!;
export const WITHHELD = mine[4]!;

const LINES: readonly (readonly ['visitor' | 'agent', string])[] = [
  ['visitor', '你好，榨汁机收到就不转了'],
  ['agent', '抱歉，请发一张机身标签照片。'],
  ['visitor', `${HARD.rightToLeft}：https://shop.example/orders?id=1`],
  ['visitor', HARD.emoji],
  ['visitor', HARD.word],
  ['agent', `${HARD.markup}\n第二行\n${'这是一段很长的说明。'.repeat(20)}`],
  ['visitor', '我的身份证号是110***********002X'],
  ['visitor', '能退吗？'],
];

/** The stream of one conversation: messages, a note, and what happened to it. */
export function itemsOf(conversationId: string): readonly AgentItem[] {
  const agent = { kind: 'agent', id: idOf(13), name: '王敏' } as const;
  const visitor = { kind: 'visitor', id: null, name: null } as const;
  const at = (revision: number) => NOW - (20 - revision) * 5 * MINUTE;
  const said = LINES.map(
    ([from, text], index): AgentItem => ({
      conversationId,
      revision: index + 1,
      seq: index + 1,
      at: at(index + 1),
      author: from === 'agent' ? agent : visitor,
      kind: 'message',
      text,
      sender: `gallery-${from}-000`,
      number: index + 1,
    }),
  );
  const base = (revision: number) => ({ conversationId, revision, seq: null, at: at(revision), author: agent });
  return [
    ...said,
    { ...base(9), kind: 'taken' },
    { ...base(10), kind: 'note', text: '直接走免检退款 @李娜', sender: 'gallery-agent-000', number: 9 },
    { ...base(11), kind: 'assigned', member: { id: idOf(13), name: '王敏' } },
    { ...base(12), kind: 'snoozed', until: NOW + 3 * HOUR },
    { ...base(13), kind: 'woken' },
    { ...base(14), kind: 'resolved' },
  ];
}

export function withheldItemsOf(conversationId: string): readonly AgentItem[] {
  return itemsOf(conversationId).map((item) =>
    item.kind === 'message' || item.kind === 'note' ? { ...item, text: '', withheld: 'withdrawn' as const } : item,
  );
}

export const card: ContactCard = {
  id: idOf(300),
  subjectId: OPEN.subjectId,
  firstSeenAt: NOW - 30 * DAY,
  fields: {
    name: { face: 'plain', value: HARD.name },
    mobile: { face: 'masked', value: '138****1234' },
    email: { face: 'empty' },
    wechat: { face: 'withheld', reason: 'no-consent', at: null },
    address: { face: 'no-permission' },
  },
  consents: [
    { purpose: 'support-conversation', version: 3, at: NOW - 30 * DAY },
    { purpose: 'customer-relations', version: 1, at: NOW - DAY },
  ],
};

const waiting = { view: 'all', filter: { label: [idOf(51)], waiting: 10 }, sort: 'longest-waiting' } as const;
export const views: readonly SavedView[] = [
  { id: idOf(70), name: '久等的退货', ...waiting, order: 0 },
  { id: idOf(71), name: HARD.company.slice(0, 50), view: 'mine', filter: { unread: true }, sort: 'newest', order: 1 },
];

export const counts: ListCounts = {
  views: { mine: 7, unassigned: 100, all: 12, mentions: 2 },
  saved: { [idOf(70)]: 3, [idOf(71)]: 100 },
  states: { queued: 2, open: 5, snoozed: 1, resolved: 1 },
};

export const canned: readonly CannedResponse[] = [
  ['refund', '退款说明', '您好{{contact.name}}，退款预计3个工作日到账。', 'workspace', 'zh-CN'],
  ['hello', 'Greeting', 'Hello, this is {{agent.name}} of {{workspace.name}}.', 'workspace', 'en'],
  ['long', HARD.company, HARD.word, 'me', null],
].map(([shortcut, title, text, owner, locale], position) => ({
  ...{ id: idOf(80 + position), shortcut, title, text, owner, locale, position, version: 1 },
})) as readonly CannedResponse[];

/** What waits above the box: one's own, a colleague's, and one that the visitor has overtaken. */
export const scheduled: readonly ScheduledReply[] = [
  {
    ...{ id: idOf(90), author: { id: idOf(13), name: '王敏' }, dueAt: NOW + 3 * HOUR, version: 1, refused: null },
    text: '新的榨汁机今天下午发出，单号会发到这里。如果三天内没有收到，请告诉我们，我们会马上为你查。',
  },
  {
    ...{ id: idOf(91), author: { id: idOf(12), name: HARD.company }, dueAt: NOW + DAY, version: 1, refused: null },
    text: HARD.rightToLeft,
  },
  {
    ...{ id: idOf(92), author: { id: idOf(13), name: '王敏' }, dueAt: NOW + 2 * DAY, version: 2 },
    ...{ refused: 'customer-wrote', text: '请问榨汁机收到了吗？' },
  },
];

export const mentions: readonly Mention[] = [
  {
    conversationId: OPEN.id,
    revision: 10,
    at: NOW - 50 * MINUTE,
    by: { id: idOf(12), name: '李娜' },
    handle: OPEN.handle,
    inboxName: '官网在线客服',
    read: false,
  },
];
