import { ApiError } from '@libs/api-client';
import type { PersonalValue } from '@libs/contracts';
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { contactsApi } from '../session/api.js';

/** As many as one request may ask for. */
const MOST = 100;
/** Rows that appear together ask together. */
const PAUSE_MS = 20;
const FRESH_MS = 60_000;

type Answers = ReadonlyMap<string, PersonalValue>;

/** Gathers what is asked for one by one and asks for all of it at once. */
export class NameLoader {
  private waiting = new Map<string, Promise<PersonalValue | null>>();
  private batch: { readonly ids: string[]; readonly answer: Promise<Answers> } | undefined;

  constructor(private readonly ask: (ids: readonly string[]) => Promise<Answers>) {}

  /** null: nobody may be named here. */
  load(id: string): Promise<PersonalValue | null> {
    const asked = this.waiting.get(id);
    if (asked) return asked;
    const { ids, answer } = this.open();
    ids.push(id);
    const mine = answer.then((names) => names.get(id) ?? null).finally(() => this.waiting.delete(id));
    this.waiting.set(id, mine);
    return mine;
  }

  private open() {
    if (this.batch && this.batch.ids.length < MOST) return this.batch;
    const ids: string[] = [];
    const answer = new Promise<void>((done) => setTimeout(done, PAUSE_MS)).then(() => {
      if (this.batch?.ids === ids) this.batch = undefined;
      return this.ask(ids);
    });
    this.batch = { ids, answer };
    return this.batch;
  }
}

async function askNames(ids: readonly string[]): Promise<Answers> {
  try {
    const { items } = await contactsApi.names(ids);
    return new Map(items.map(({ subjectId, name }) => [subjectId, name]));
  } catch (error) {
    // None of them is within reach, or crm has not heard of them yet.
    if (error instanceof ApiError && error.status === 404) return new Map();
    throw error;
  }
}

const loader = new NameLoader(askNames);
const keyOf = (subjectId: string) => ['person-name', subjectId] as const;

/** How a person is called, as the server lets this member see it; undefined where only the code stands for them. */
export function usePersonName(subjectId: string, wanted: boolean): string | undefined {
  const { data } = useQuery({
    queryKey: keyOf(subjectId),
    queryFn: () => loader.load(subjectId),
    enabled: wanted,
    staleTime: FRESH_MS,
    retry: false,
  });
  return wanted && data && 'value' in data ? data.value : undefined;
}

/** What rested on a decision or a card that changed: gone at once, asked for anew where it still stands. */
export function forgetName(client: QueryClient, subjectId: string): void {
  void client.resetQueries({ queryKey: keyOf(subjectId) });
}
