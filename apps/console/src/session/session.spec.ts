import { ApiError } from '@libs/api-client';
import type { Me } from '@libs/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { searchTerm } from '../contacts/search-term.js';
import { choose, listChoices, NO_FILTER } from '../list-filters/list-choice.js';
import { recentPaths, rememberPath } from '../palette/recent.js';
import { api } from './api.js';
import { keepForMember } from './memory.js';
import { askWhoAmI, endSession, ME, queryClient, rememberMe, rightsChanged, sessionEnded, whoAmI } from './session.js';

const SHIFT_MS = 10 * 60 * 60_000;
const me: Me = {
  memberId: 'm-1',
  displayName: 'Wang Min',
  role: 'agent',
  tenant: { id: 't-1', slug: 'demo', name: 'Demo' },
};

describe('who is signed in', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    queryClient.clear();
  });

  it('F-0101 is known for a whole shift after signing in, though no page observes it', async () => {
    rememberMe(me);
    await vi.advanceTimersByTimeAsync(SHIFT_MS);
    expect(queryClient.getQueryData(ME)).toEqual(me);
  });

  it('F-0101 is known for a whole shift after a reload, and asked of the server once', async () => {
    const ask = vi.spyOn(api, 'me').mockResolvedValue(me);
    await whoAmI();
    await vi.advanceTimersByTimeAsync(SHIFT_MS);
    expect(await whoAmI()).toEqual(me);
    expect(ask).toHaveBeenCalledTimes(1);
  });
});

describe('a refused call', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    queryClient.clear();
  });

  async function refused(): Promise<void> {
    const failing = new ApiError({ status: 403, code: 'http.forbidden', title: '' });
    await queryClient
      .fetchQuery({ queryKey: ['records'], queryFn: () => Promise.reject(failing) })
      .catch(() => undefined);
  }

  it('F-0205 may come from another role, which is asked for once in a while', async () => {
    rememberMe({ ...me, role: 'privacy-officer' });
    const ask = vi.spyOn(api, 'me').mockResolvedValue({ ...me, role: 'privacy-officer' });
    for (let call = 0; call < 3; call++) await refused();
    expect(ask).toHaveBeenCalledTimes(1);
    expect(rightsChanged.get()).toBe(false);
    await vi.advanceTimersByTimeAsync(10_000);
    ask.mockResolvedValue(me);
    await refused();
    await vi.waitFor(() => expect(rightsChanged.get()).toBe(true));
    expect(queryClient.getQueryData<Me>(ME)?.role).toBe('agent');
    expect(ask).toHaveBeenCalledTimes(2);
  });
});

describe('the next person at a shared desk', () => {
  const colleague: Me = { ...me, memberId: 'm-2', displayName: 'Li Na' };
  const drafts = vi.fn();
  keepForMember(drafts);

  function work(): void {
    rememberMe(me);
    drafts.mockClear();
    searchTerm.set('Zhang San');
    rememberPath('/w/demo/contacts/c-1');
    choose('mine', { filter: NO_FILTER, sort: 'newest' });
    queryClient.setQueryData(['contacts', 'Zhang San'], ['c-1']);
  }
  const left = () => [searchTerm.get(), recentPaths.get().length, listChoices.get().size];

  afterEach(() => {
    vi.restoreAllMocks();
    queryClient.clear();
  });

  it('F-0101 finds no search, no places and no choices once the session ended; what was written stays', () => {
    work();
    endSession('over');
    expect(left()).toEqual(['', 0, 0]);
    rememberMe(me);
    expect(drafts).not.toHaveBeenCalled();
  });

  it.each([
    ['signs in', () => Promise.resolve(rememberMe(colleague))],
    ['is found by the server', () => vi.spyOn(api, 'me').mockResolvedValue(colleague) && askWhoAmI()],
  ])('F-0101 finds nothing of the former member when they %s', async (_how, come) => {
    work();
    await come();
    expect(left()).toEqual(['', 0, 0]);
    expect(drafts).toHaveBeenCalledTimes(1);
    expect(queryClient.getQueryData(['contacts', 'Zhang San'])).toBeUndefined();
    expect(await whoAmI()).toEqual(colleague);
  });

  it('F-0101 says how it ended, where somebody knows; a call that is refused after it does not', () => {
    const said = ['over', 'revoked', 'over'] as const;
    expect(said.map((how) => [endSession(how), sessionEnded.get()][1])).toEqual(['over', 'revoked', 'revoked']);
    rememberMe(me);
    expect(sessionEnded.get()).toBeUndefined();
  });

  it('F-0101 the same member comes back to their own', () => {
    work();
    rememberMe(me);
    expect(left()).toEqual(['Zhang San', 1, 1]);
  });
});
