import type { Me } from '@libs/contracts';
import { useQuery } from '@tanstack/react-query';
import { useOwnPreferences } from '../preferences/own-preferences.js';
import { inboxesApi } from '../session/api.js';
import { rights } from '../session/rights.js';
import { doneOf, nextOf } from './steps.js';

const KEY = ['first-run'] as const;
/** How often the page looks while something is still to come. */
const LOOK_MS = 4_000;

/** Followed while the page is open; beside it the entry of the navigation knows what was read once. */
export function useFirstRun({ wanted, live }: { readonly wanted: boolean; readonly live: boolean }) {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => inboxesApi.firstRun(signal),
    enabled: wanted,
    staleTime: live ? 0 : Number.POSITIVE_INFINITY,
    refetchInterval: ({ state: { data } }) => (live && data && nextOf(data) !== undefined ? LOOK_MS : false),
  });
}

/** Whether the navigation leads there: somebody who may, has not put it aside, and has something left to do. */
export function useFirstRunEntry(me: Me): number | undefined {
  const may = rights.members(me.role);
  const { welcomeSkipped } = useOwnPreferences();
  const { data } = useFirstRun({ wanted: may && !welcomeSkipped, live: false });
  if (!may || welcomeSkipped || !data || nextOf(data) === undefined) return undefined;
  return doneOf(data);
}
