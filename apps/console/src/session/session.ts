import { ApiError } from '@libs/api-client';
import type { Me } from '@libs/contracts';
import { MutationCache, QueryCache, QueryClient, useQuery } from '@tanstack/react-query';
import { Observable } from '../live/observable.js';
import { api } from './api.js';
import { forgetMember, forgetSession } from './memory.js';

/** How a session ended while somebody worked: somewhere else, or nobody said. */
export type SessionEnd = 'revoked' | 'over';

/** Why the sign-in page is shown again; undefined while nothing ended. */
export const sessionEnded = new Observable<SessionEnd | undefined>(undefined);
sessionEnded.subscribe(() => sessionEnded.get() && forgetSession());

/** What the session may do is otherwise now: another role, or a step that it owes before it may go on. */
export const rightsChanged = new Observable(false);

export const ME = ['me'] as const;

const OWED: readonly string[] = [
  'account.notice-required',
  'account.second-factor-required',
  'account.password-required',
];

function isEnded(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

const LOOK_AGAIN_MS = 10_000;
let lookedAt = Number.NEGATIVE_INFINITY;

/** That it was ended elsewhere stays said: a call that is refused besides knows less. */
export function endSession(how: SessionEnd): void {
  if (sessionEnded.get() !== 'revoked') sessionEnded.set(how);
}

function mayHelp(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

/** What a failed call says about the session, whatever was asked. */
function heed(error: unknown): void {
  if (!(error instanceof ApiError)) return;
  if (isEnded(error)) endSession('over');
  else if (OWED.includes(error.code)) rightsChanged.set(true);
  else if (error.status === 403) lookForOtherRole();
}

/** Who has no line is told of another role by nobody. Once in a while is enough: most refusals are nothing new. */
function lookForOtherRole(): void {
  const now = performance.now();
  if (now - lookedAt < LOOK_AGAIN_MS) return;
  lookedAt = now;
  const before = queryClient.getQueryData<Me>(ME)?.role;
  askWhoAmI().then(
    ({ role }) => role !== before && rightsChanged.set(true),
    () => undefined,
  );
}

/** One cache for the page; nothing of it is ever written to the device. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (query.queryKey[0] !== ME[0]) heed(error);
    },
  }),
  mutationCache: new MutationCache({
    onError: heed,
  }),
  defaultOptions: {
    queries: { retry: mayHelp, retryDelay: 800, staleTime: 10_000, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

// No component observes it, and what nobody observes is thrown away after five minutes: the page would break mid-work.
queryClient.setQueryDefaults(ME, { gcTime: Number.POSITIVE_INFINITY, staleTime: Number.POSITIVE_INFINITY });

/** The last member of this page. */
let last: string | undefined;

/** Another member on the same page finds nothing of the former one. */
function known(me: Me): Me {
  if (last !== undefined && last !== me.memberId) {
    forgetMember();
    queryClient.clear();
    queryClient.setQueryData(ME, me);
  }
  last = me.memberId;
  return me;
}

/** Who is signed in; undefined when nobody is. */
export async function whoAmI(): Promise<Me | undefined> {
  try {
    return known(await queryClient.ensureQueryData({ queryKey: ME, queryFn: () => api.me() }));
  } catch (error) {
    if (isEnded(error)) return undefined;
    throw error;
  }
}

/** Asks the server again who is signed in: what this session owes, or its role, may have changed. */
export async function askWhoAmI(): Promise<Me> {
  return known(await queryClient.fetchQuery({ queryKey: ME, queryFn: () => api.me(), staleTime: 0 }));
}

export function rememberMe(me: Me): void {
  known(me);
  sessionEnded.set(undefined);
  rightsChanged.set(false);
  queryClient.clear();
  queryClient.setQueryData(ME, me);
}

/** Inside the workspace somebody is always signed in: the route has seen to it. Follows when their role or names change. */
export function useMe(): Me {
  const { data: me } = useQuery<Me>({ queryKey: ME, enabled: false });
  if (!me) throw new Error('The workspace was opened without a session');
  return me;
}
