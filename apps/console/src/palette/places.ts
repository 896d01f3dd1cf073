import type { Me } from '@libs/contracts';
import { DESK_PLACES } from '../desk/desk-frame.js';
import { rights } from '../session/rights.js';
import { PERSONAL, WORKSPACE } from '../settings/settings-frame.js';
import { en as deskEn } from '../words/desk/en.js';
import { zhCn as deskZh } from '../words/desk/zh-cn.js';
import { en as settingsEn } from '../words/settings/en.js';
import { zhCn as settingsZh } from '../words/settings/zh-cn.js';
import type { Locale, Words } from '../words/vocabulary.js';
import { wordsFor } from '../words/words.js';

/** A page of the workspace as the palette knows it. */
export interface Place {
  readonly path: string;
  readonly label: string;
  /** The part of the product it lies in; empty for the parts themselves. */
  readonly within: string;
  /** What it is found by: its names in both languages. */
  readonly texts: readonly string[];
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
];
const CONTACTS: readonly Named[] = [{ to: '/contacts', label: inBoth((words) => words.contacts) }];

/** The same pages that the part itself lists beside or above them. */
function desk(): readonly Named[] {
  const within = { 'zh-CN': deskZh.desk, en: deskEn.desk };
  return DESK_PLACES.map(({ to, word }) => ({ to, label: { 'zh-CN': deskZh[word], en: deskEn[word] }, within }));
}

function settings(places: typeof WORKSPACE | typeof PERSONAL): readonly Named[] {
  const within = { 'zh-CN': settingsZh.settings, en: settingsEn.settings };
  return places.map(({ to, word }) => ({ to, label: { 'zh-CN': settingsZh[word], en: settingsEn[word] }, within }));
}

/** Where this member may go. */
export function placesOf(me: Me, locale: Locale): readonly Place[] {
  const all = [
    ...(rights.converse(me.role) ? VIEWS : []),
    ...CONTACTS,
    ...(rights.desk(me.role) ? desk() : []),
    ...(rights.members(me.role) ? settings(WORKSPACE) : []),
    ...settings(PERSONAL),
  ];
  return all.map(({ to, label, within }) => ({
    path: `/w/${me.tenant.slug}${to.replace('/w/$slug', '')}`,
    label: label[locale],
    within: within?.[locale] ?? '',
    texts: [...Object.values(label), ...Object.values(within ?? {})],
  }));
}
