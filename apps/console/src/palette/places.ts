import type { Me } from '@libs/contracts';
import { DESK_PLACES } from '../desk/desk-frame.js';
import { en as reportsEn } from '../reports/words/en.js';
import { zhCn as reportsZh } from '../reports/words/zh-cn.js';
import { rights } from '../session/rights.js';
import { CONVERSING, PERSONAL, SUPERVISED, WORKSPACE } from '../settings/settings-frame.js';
import { welcomeEn } from '../words/around/welcome.en.js';
import { welcomeZhCn } from '../words/around/welcome.zh-cn.js';
import { en as deskEn } from '../words/desk/en.js';
import { zhCn as deskZh } from '../words/desk/zh-cn.js';
import { en as settingsEn } from '../words/settings/en.js';
import { zhCn as settingsZh } from '../words/settings/zh-cn.js';
import type { Locale, Words } from '../words/vocabulary.js';
import { wordsFor } from '../words/words.js';
import { en as writingEn } from '../words/writing/en.js';
import { zhCn as writingZh } from '../words/writing/zh-cn.js';

/** A page of the workspace as the palette knows it. */
export interface Place {
  readonly path: string;
  readonly label: string;
  /** The part of the product it lies in; empty for the parts themselves. */
  readonly part: string;
  /** What it is found by: its names, and those of its part, in both languages. */
  readonly texts: readonly string[];
  readonly within: readonly string[];
}

interface Named {
  readonly to: string;
  readonly label: Readonly<Record<Locale, string>>;
  readonly within?: Readonly<Record<Locale, string>>;
}

function inBoth(word: (words: Words) => string): Readonly<Record<Locale, string>> {
  return { 'zh-CN': word(wordsFor('zh-CN')), en: word(wordsFor('en')) };
}

const CONVERSATIONS = inBoth((words) => words.conversations);
const VIEWS: readonly Named[] = [
  { to: '/conversations/mine', label: inBoth((words) => words.viewMine), within: CONVERSATIONS },
  { to: '/conversations/unassigned', label: inBoth((words) => words.viewUnassigned), within: CONVERSATIONS },
  { to: '/conversations/all', label: inBoth((words) => words.viewAll), within: CONVERSATIONS },
  {
    to: '/conversations/mentions',
    label: { 'zh-CN': writingZh.viewMentions, en: writingEn.viewMentions },
    within: CONVERSATIONS,
  },
];
const CONTACTS: readonly Named[] = [{ to: '/contacts', label: inBoth((words) => words.contacts) }];
const DESK: Named = { to: '/privacy', label: { 'zh-CN': deskZh.desk, en: deskEn.desk } };
const SETTINGS: Named = { to: '/settings', label: { 'zh-CN': settingsZh.settings, en: settingsEn.settings } };
const REPORTS: readonly Named[] = [{ to: '/reports/live', label: { 'zh-CN': reportsZh.title, en: reportsEn.title } }];
const WELCOME: Named = { to: '/welcome', label: { 'zh-CN': welcomeZhCn.title, en: welcomeEn.title } };

/** The same pages that the part itself lists beside or above them. */
function desk(): readonly Named[] {
  const within = DESK.label;
  return DESK_PLACES.map(({ to, word }) => ({ to, label: { 'zh-CN': deskZh[word], en: deskEn[word] }, within }));
}

/** The sections that the settings themselves list for this role. */
function settings(role: Me['role']): readonly Named[] {
  const within = SETTINGS.label;
  const sections = [
    ...(rights.members(role) ? WORKSPACE : role === 'supervisor' ? SUPERVISED : []),
    ...(rights.converse(role) ? CONVERSING : []),
    ...PERSONAL,
  ];
  return sections.map(({ to, word }) => ({ to, label: { 'zh-CN': settingsZh[word], en: settingsEn[word] }, within }));
}

/** Where this member may go. */
export function placesOf(me: Me, locale: Locale): readonly Place[] {
  const all = [
    ...(rights.converse(me.role) ? VIEWS : []),
    ...CONTACTS,
    ...(rights.desk(me.role) ? [DESK, ...desk()] : []),
    ...(rights.watch(me.role) ? REPORTS : []),
    SETTINGS,
    ...settings(me.role),
    ...(rights.members(me.role) ? [WELCOME] : []),
  ];
  return all.map(({ to, label, within }) => ({
    path: `/w/${me.tenant.slug}${to.replace('/w/$slug', '')}`,
    label: label[locale],
    part: within?.[locale] ?? '',
    texts: Object.values(label),
    within: Object.values(within ?? {}),
  }));
}
