import type { ConversationPage, ConversationSummary } from '@libs/contracts';
import { type InfiniteData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { handleIn } from '../conversations/sought.js';
import { usePlaceWords } from '../conversations/words/use-place-words.js';
import { contactsApi, listsApi } from '../session/api.js';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { offeredActs } from './acts.js';
import {
  actEntries,
  contactEntries,
  conversationEntries,
  type EntryGroup,
  findEntries,
  placeEntries,
  recentEntries,
  seekEntries,
} from './entries.js';
import { placesOf } from './places.js';
import { recentPaths } from './recent.js';

const PAUSE_MS = 250;

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Only a whole number or address finds a person while it is typed; what cannot be one is not sent anywhere. */
function mayBeContact(typed: string): boolean {
  return /^\+?[\d\s()-]{7,20}$/.test(typed) || /^\S+@\S+\.\S+$/.test(typed);
}

function useContacts(typed: string) {
  const settled = useSettled(typed);
  return useQuery({
    queryKey: ['palette-contacts', settled],
    queryFn: ({ signal }) => contactsApi.contacts({ q: settled, limit: 6, signal }),
    enabled: mayBeContact(settled),
    // What was looked for is forgotten with the answer.
    gcTime: 0,
    retry: false,
  });
}

/** Conversations that this page has not read yet. */
function useNamedRows(typed: string, may: boolean) {
  const handle = handleIn(useSettled(typed));
  return useQuery({
    queryKey: ['palette-conversations', handle],
    queryFn: ({ signal }) =>
      listsApi.conversations({ view: 'all', filter: {}, sort: 'newest', handle: handle ?? '' }, { limit: 8, signal }),
    enabled: may && handle !== undefined,
    gcTime: 0,
    retry: false,
  });
}

/** Conversations that this page has read rows of; the newest first, each once. */
function useHeldRows(): readonly ConversationSummary[] {
  const client = useQueryClient();
  return useMemo(() => {
    const lists = client.getQueriesData<InfiniteData<ConversationPage>>({ queryKey: ['conversations'] });
    const rows = lists.flatMap(([, list]) => list?.pages ?? []).flatMap((page) => page.items);
    return [...new Map(rows.map((row) => [row.id, row])).values()].sort((a, b) => b.lastAt - a.lastAt);
  }, [client]);
}

export interface PaletteEntries {
  readonly groups: readonly EntryGroup[];
  readonly searching: boolean;
  readonly failed: boolean;
}

/** What the palette shows for what is typed: nothing typed, the acts of the open place and where one has been. */
export function useEntries(text: string): PaletteEntries {
  const me = useMe();
  const words = useWords();
  const personal = usePersonalWords();
  const typed = text.trim();
  const places = useMemo(() => placesOf(me, words.locale), [me, words.locale]);
  const rows = useHeldRows();
  const [acts] = useState(offeredActs);
  const recent = useSyncExternalStore(recentPaths.subscribe, recentPaths.get);
  const contacts = useContacts(typed);
  const talkWords = usePlaceWords();
  const converses = rights.converse(me.role);
  const named = useNamedRows(typed, converses);
  const { slug } = me.tenant;
  const all: readonly EntryGroup[] =
    typed === ''
      ? [
          { name: 'acts', entries: actEntries('', acts) },
          { name: 'recent', entries: recentEntries(recent, places, rows, words, slug) },
          { name: 'places', entries: placeEntries('', places) },
        ]
      : [
          { name: 'acts', entries: actEntries(typed, acts) },
          { name: 'places', entries: placeEntries(typed, places) },
          {
            name: 'conversations',
            entries: conversationEntries(handleIn(typed) ?? typed, merged(rows, named.data?.items), words, slug),
          },
          {
            name: 'contacts',
            entries: [
              ...(mayBeContact(typed)
                ? contactEntries(contacts.data?.items ?? [], personal, slug)
                : findEntries(typed, personal, slug)),
              ...(converses ? seekEntries(typed, talkWords, slug) : []),
            ],
          },
        ];
  const groups = all.filter(({ entries }) => entries.length > 0);
  return { groups, searching: contacts.isFetching || named.isFetching, failed: contacts.isError || named.isError };
}

/** Each once; what the page holds is as new as its line. */
function merged(
  held: readonly ConversationSummary[],
  found: readonly ConversationSummary[] = [],
): readonly ConversationSummary[] {
  const known = new Set(held.map(({ id }) => id));
  return [...held, ...found.filter(({ id }) => !known.has(id))];
}
