import type { ContactSummary, ConversationSummary } from '@libs/contracts';
import { personHandle } from '@libs/contracts';
import { canBeSomebody } from '../conversations/sought.js';
import type { PlaceWords } from '../conversations/words/zh-cn.js';
import type { PersonalWords } from '../words/personal/vocabulary.js';
import type { Words } from '../words/vocabulary.js';
import type { OfferedAct } from './acts.js';
import { bestFirst } from './match.js';
import type { Place } from './places.js';

/** One line of the palette: an act by its id, or a place by its path. */
export interface Entry {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly key?: string;
  readonly act?: string;
  readonly path?: string;
  /** What to look for among the contacts. */
  readonly find?: string;
  /** What to look for in the list of conversations. */
  readonly seek?: string;
}

export interface EntryGroup {
  readonly name: 'acts' | 'recent' | 'places' | 'conversations' | 'contacts';
  readonly entries: readonly Entry[];
}

const MOST = 8;

export function actEntries(typed: string, acts: readonly OfferedAct[]): readonly Entry[] {
  const named = acts.map((act) => ({ act, texts: act.also === undefined ? [act.does] : [act.does, act.also] }));
  return bestFirst(typed, named).map(({ act: { id, does, key } }) => ({
    id,
    label: does,
    hint: '',
    act: id,
    ...(key === undefined ? {} : { key }),
  }));
}

function placeEntry({ path, label, part }: Place): Entry {
  return { id: `place:${path}`, label, hint: part, path };
}

export function placeEntries(typed: string, places: readonly Place[]): readonly Entry[] {
  return bestFirst(typed, places).slice(0, MOST).map(placeEntry);
}

/** Visitors are found by the code that stands for them: with or without the sign before it. */
export function conversationEntries(
  typed: string,
  rows: readonly ConversationSummary[],
  words: Words,
  slug: string,
): readonly Entry[] {
  const code = typed.replace(/^#/, '');
  const named = rows.map((row) => ({ row, texts: [row.handle, words.visitor(row.handle)] }));
  return bestFirst(code, named)
    .slice(0, MOST)
    .map(({ row }) => conversationEntry(row, words, slug));
}

function conversationEntry(row: ConversationSummary, words: Words, slug: string): Entry {
  const path = `/w/${slug}/conversations/all/${row.id}`;
  return { id: `conversation:${row.id}`, label: words.visitor(row.handle), hint: row.inboxName, path };
}

/** Masked as the server sent them: a hit says no more than the list of contacts would. */
export function contactEntries(
  rows: readonly ContactSummary[],
  personal: PersonalWords,
  slug: string,
): readonly Entry[] {
  return rows.slice(0, MOST).map((row) => {
    const { name, mobile, email } = row.fields;
    const shown = [name, mobile, email].flatMap((value) => ('value' in value ? [value.value] : []));
    const label = personal.person(personHandle(row.subjectId));
    return { id: `contact:${row.id}`, label, hint: shown.join(' · '), path: `/w/${slug}/contacts/${row.id}` };
  });
}

/** Looks for a person on the page of contacts: one look for each press, because each is counted. */
export function findEntries(typed: string, personal: PersonalWords, slug: string): readonly Entry[] {
  if (!canBeSomebody(typed)) return [];
  return [{ id: 'find', label: personal.findAmong(typed), hint: '', path: `/w/${slug}/contacts`, find: typed }];
}

/** Looks for the conversations of a person, in the list of all. */
export function seekEntries(typed: string, places: PlaceWords, slug: string): readonly Entry[] {
  if (!canBeSomebody(typed)) return [];
  const path = `/w/${slug}/conversations/all`;
  return [{ id: 'seek', label: places.findAmongTalks(typed), hint: '', path, seek: typed }];
}

/** Where one has been: pages and conversations that this page still knows. */
export function recentEntries(
  paths: readonly string[],
  places: readonly Place[],
  rows: readonly ConversationSummary[],
  words: Words,
  slug: string,
): readonly Entry[] {
  const found = paths.flatMap((path): readonly Entry[] => {
    const place = places.find((one) => one.path === path);
    if (place) return [placeEntry(place)];
    const row = rows.find(({ id }) => path.startsWith(`/w/${slug}/conversations/`) && path.endsWith(`/${id}`));
    return row ? [conversationEntry(row, words, slug)] : [];
  });
  // The same conversation may have been looked at in two lists.
  return found.filter(({ id }, at) => found.findIndex((one) => one.id === id) === at);
}
