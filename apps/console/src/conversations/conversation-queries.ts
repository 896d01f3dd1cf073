import { ApiError } from '@libs/api-client';
import type { ConversationPage, ConversationSummary, ConversationView, ListWish } from '@libs/contracts';
import { type InfiniteData, type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { countText, useCounts } from '../list-filters/use-list-choice.js';
import { api, listsApi } from '../session/api.js';
import { closed } from './conversation-access.js';

type Pages = InfiniteData<ConversationPage, string | undefined>;
const PAGE = 30;

export function useConversationList(wish: ListWish, wanted = true) {
  return useInfiniteQuery({
    queryKey: ['conversations', wish],
    queryFn: ({ client, pageParam, signal }) =>
      readPage(client, wish, { limit: PAGE, signal, ...(pageParam === undefined ? {} : { cursor: pageParam }) }),
    enabled: wanted,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

async function readPage(
  client: QueryClient,
  ...asked: Parameters<typeof listsApi.conversations>
): Promise<ConversationPage> {
  const page = await listsApi.conversations(...asked).catch(noneOfPeople(asked[0]));
  return asNow({ ...page, items: page.items.map((row) => freshest(heldConversation(client, row.id), row)) });
}

/** Of whom a search means one may see nothing: that is an empty list, and what stood there before is gone. */
function noneOfPeople({ people }: ListWish): (error: unknown) => ConversationPage {
  return (error) => {
    if (people !== undefined && isMissing(error)) return { items: [], next: null };
    throw error;
  };
}

/** Without what the line closed since the page was read. */
function asNow(page: ConversationPage): ConversationPage {
  return { ...page, items: page.items.map((row) => closed.row(row)) };
}

/** What was read, with the news that the line brought while the answer was on its way. A text it withholds stays away. */
export function freshest(held: ConversationSummary | undefined, read: ConversationSummary): ConversationSummary {
  if (!held || held.revision <= read.revision) return read;
  const { revision, seq, lastAt, unread, preview, waitingSince } = held;
  const news = { ...read, revision, seq, lastAt, unread, waitingSince };
  return preview && !read.withheld ? { ...news, preview } : news;
}

/** How many wait in a view; beyond what anybody counts it says "99+". */
export function useCount(view: ConversationView): string {
  return countText(useCounts(({ views }) => views[view]));
}

export function useConversation(id: string) {
  const client = useQueryClient();
  return useQuery<ConversationSummary>({
    queryKey: ['conversation', id],
    queryFn: async ({ signal }) =>
      closed.row(freshest(heldConversation(client, id), await api.conversation(id, signal))),
    placeholderData: () => inLists(client, id),
  });
}

function inLists(client: QueryClient, id: string): ConversationSummary | undefined {
  const lists = client.getQueriesData<Pages>({ queryKey: ['conversations'] });
  return lists
    .flatMap(([, list]) => list?.pages ?? [])
    .flatMap((page) => page.items)
    .find((row) => row.id === id);
}

/** The row of a conversation as far as this page has read it. */
export function heldConversation(client: QueryClient, id: string): ConversationSummary | undefined {
  return client.getQueryData<ConversationSummary>(['conversation', id]) ?? inLists(client, id);
}

/** Conversations of a person that this page holds. */
export function conversationsOf(client: QueryClient, subjectId: string): readonly string[] {
  const lists = client.getQueriesData<Pages>({ queryKey: ['conversations'] });
  const single = client.getQueriesData<ConversationSummary>({ queryKey: ['conversation'] });
  const rows = [
    ...lists.flatMap(([, list]) => list?.pages ?? []).flatMap(({ items }) => items),
    ...single.flatMap(([, row]) => row ?? []),
  ];
  return [...new Set(rows.filter((row) => row.subjectId === subjectId).map(({ id }) => id))];
}

/** Takes rows out of everything this page holds. */
export function dropConversations(client: QueryClient, ids: readonly string[]): void {
  const without = (page: ConversationPage): ConversationPage => ({
    ...page,
    items: page.items.filter(({ id }) => !ids.includes(id)),
  });
  client.setQueriesData<Pages>({ queryKey: ['conversations'] }, (list) => {
    return list && { ...list, pages: list.pages.map(without) };
  });
  for (const id of ids) client.removeQueries({ queryKey: ['conversation', id] });
}

/** Replaces one row wherever this page holds it. */
export function mapConversation(
  client: QueryClient,
  id: string,
  changed: (row: ConversationSummary) => ConversationSummary,
): void {
  const one = heldConversation(client, id);
  const map = (row: ConversationSummary) => (row.id === id ? changed(row) : row);
  const mapPage = (page: ConversationPage): ConversationPage => ({ ...page, items: page.items.map(map) });
  client.setQueriesData<Pages>({ queryKey: ['conversations'] }, (list) => {
    return list && { ...list, pages: list.pages.map(mapPage) };
  });
  if (one) client.setQueryData(['conversation', id], changed(one));
}

/** Changes one row wherever it is shown; answers how to take that back. */
export function patchConversation(
  client: QueryClient,
  id: string,
  change: Partial<ConversationSummary> | ((row: ConversationSummary) => Partial<ConversationSummary>),
): () => void {
  const lists = client.getQueriesData<Pages>({ queryKey: ['conversations'] });
  const one = heldConversation(client, id);
  mapConversation(client, id, (row) => ({ ...row, ...(typeof change === 'function' ? change(row) : change) }));
  return () => {
    // What the line said meanwhile stays said.
    for (const [key, list] of lists) client.setQueryData(key, list && { ...list, pages: list.pages.map(asNow) });
    if (one) client.setQueryData(['conversation', id], closed.row(one));
  };
}

/** After an act, whatever became of it. */
export function readRowsAgain(client: QueryClient, id: string): Promise<unknown> {
  const keys = [['conversations'], ['conversation', id], ['count']];
  return Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
}

export function useContact(subjectId: string) {
  return useQuery({
    queryKey: ['contact', subjectId],
    queryFn: ({ signal }) => api.contactBySubject(subjectId, signal),
    // The card is made from an event shortly after the first message.
    refetchInterval: (query) => (isMissing(query.state.error) ? 5_000 : false),
  });
}

export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
