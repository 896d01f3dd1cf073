import type { Me } from '@libs/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from './api.js';
import { ME, queryClient, rememberMe, whoAmI } from './session.js';

// Outside a page the query library never throws anything away, and there would be nothing to see.
vi.hoisted(() => vi.stubGlobal('window', globalThis));

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
