import { type ListWish, MOST_SOUGHT_PEOPLE } from '@libs/contracts';
import { useQuery } from '@tanstack/react-query';
import { contactsApi } from '../session/api.js';
import { handleIn } from './sought.js';
import { type Section, useSection } from './use-sections.js';

/** Whom a text means; more than these may be meant. */
interface Meant {
  readonly subjectIds: readonly string[];
  readonly more: boolean;
}

export interface Found {
  readonly state: 'loading' | 'error' | 'sought-empty' | 'ready';
  readonly sections: readonly Section[];
  /** Of the people that the text means, only the newest are looked at. */
  readonly more: boolean;
  readonly error: unknown;
  retry(): void;
}

const EVERY: ListWish = { view: 'all', filter: {}, sort: 'newest' };
const NOBODY: readonly string[] = [];

/** Each look is counted, so it is repeated for nobody but who asks for it. Of the answer only ids are kept. */
function useMeant(text: string) {
  return useQuery<Meant>({
    queryKey: ['meant', text],
    queryFn: async ({ signal }) => {
      const { items, next } = await contactsApi.contacts({ q: text, limit: MOST_SOUGHT_PEOPLE, signal });
      return { subjectIds: items.map(({ subjectId }) => subjectId), more: next !== null };
    },
    enabled: text !== '',
    staleTime: Number.POSITIVE_INFINITY,
    // What was looked for is forgotten with the answer.
    gcTime: 0,
    retry: false,
  });
}

/**
 * Conversations with the people whom a text means, as far as one sees them: their own service says who they are, and the
 * list is asked for theirs. A visitor without a name is found by the code.
 */
export function useFound(text: string, hold: boolean): Found {
  const meant = useMeant(text);
  const people = meant.data?.subjectIds ?? NOBODY;
  const handle = handleIn(text);
  const named = useSection({ ...EVERY, people }, undefined, people.length > 0, hold);
  const coded = useSection({ ...EVERY, handle: handle ?? '' }, undefined, handle !== undefined, hold);
  const asked = [...(handle === undefined ? [] : [coded]), ...(people.length > 0 ? [named] : [])];
  const queries = [meant, ...asked.map(({ query }) => query)];
  const sections = withoutTwins(asked);
  const failed = queries.find((query) => query.isError);
  const shown = sections.some(({ rows }) => rows.length > 0);
  const waits = queries.some((query) => query.isPending);
  return {
    state: shown ? 'ready' : failed ? 'error' : waits ? 'loading' : 'sought-empty',
    sections,
    more: meant.data?.more ?? false,
    error: failed?.error,
    retry: () => {
      for (const query of queries) if (query.isError) void query.refetch();
    },
  };
}

/** Whoever is called like their code stands there once. */
function withoutTwins(sections: readonly Section[]): readonly Section[] {
  const seen = new Set<string>();
  return sections.map((section) => {
    const rows = section.rows.filter(({ id }) => !seen.has(id));
    for (const { id } of rows) seen.add(id);
    return { ...section, rows };
  });
}
