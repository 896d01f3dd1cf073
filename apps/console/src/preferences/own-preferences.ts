import { ApiError } from '@libs/api-client';
import { DEFAULT_PREFERENCES, type PreferenceSettings, type Preferences } from '@libs/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { applyPreferences, onChosen } from '../device/preferences.js';
import { keyBook } from '../live/keys.js';
import { Observable } from '../live/observable.js';
import { accountApi } from '../session/api.js';
import { keepForSession } from '../session/memory.js';
import { queryClient } from '../session/session.js';

const KEY = ['preferences'] as const;
const UNSET: Preferences = { ...DEFAULT_PREFERENCES, version: 0 };

/** Why the last change is not kept. `mine` is what was wanted while another device changed the same. */
export interface SaveTrouble {
  readonly error: unknown;
  readonly mine?: Partial<PreferenceSettings>;
}
export const saveTrouble = new Observable<SaveTrouble | undefined>(undefined);
keepForSession(() => saveTrouble.set(undefined));

/** What the member who is signed in has set; until that is known, what holds without a setting. */
export function useOwnPreferences(): PreferenceSettings {
  return usePreferenceQuery().data ?? UNSET;
}

export function ownPreferences(): PreferenceSettings {
  return queryClient.getQueryData<Preferences>(KEY) ?? UNSET;
}

export function usePreferenceQuery() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => accountApi.preferences(signal),
    // Another device may have changed them while this window was behind.
    refetchOnWindowFocus: true,
    staleTime: 30_000,
  });
}

let saving: Promise<void> = Promise.resolve();

/** Shown at once, kept on the server one after the other; `saveTrouble` says when that failed. */
export function savePreferences(change: Partial<PreferenceSettings>): Promise<void> {
  const held = queryClient.getQueryData<Preferences>(KEY);
  if (held) queryClient.setQueryData<Preferences>(KEY, { ...held, ...change });
  saveTrouble.set(undefined);
  saving = saving.then(() => keep(change));
  return saving;
}

async function keep(change: Partial<PreferenceSettings>, again = true): Promise<void> {
  await queryClient.cancelQueries({ queryKey: KEY });
  const { version } = queryClient.getQueryData<Preferences>(KEY) ?? UNSET;
  try {
    const kept = await accountApi.editPreferences({ version, settings: change });
    queryClient.setQueryData(KEY, kept);
  } catch (error) {
    const now = await accountApi.preferences().catch(() => undefined);
    if (now) queryClient.setQueryData(KEY, now);
    // Another device changed something else: both changes stand.
    if (again && now && otherFields(error, change)) return keep(change, false);
    saveTrouble.set(isConflict(error) ? { error, mine: change } : { error });
  }
}

function isConflict(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 'account.preferences-changed';
}

function otherFields(error: unknown, change: Partial<PreferenceSettings>): boolean {
  return isConflict(error) && changedIn(error).every((name) => !(name in change));
}

/** What another device changed, as the refusal names it. */
export function changedIn(error: unknown): readonly (keyof PreferenceSettings)[] {
  const named = isConflict(error) ? String(error.details.fields ?? '').split(',') : [];
  return named.filter((name): name is keyof PreferenceSettings => name in DEFAULT_PREFERENCES);
}

/** Once per page of the workspace: what was set holds on this device, and what is chosen here follows the member. */
export function usePreferenceSync(): void {
  const { data } = usePreferenceQuery();
  useEffect(() => {
    if (!data) return;
    const { locale, theme } = data;
    applyPreferences({ ...(locale === null ? {} : { locale }), ...(theme === null ? {} : { theme }) });
  }, [data]);
  const singleKeys = data?.singleKeys ?? true;
  useEffect(() => keyBook.singleKeys.set(singleKeys), [singleKeys]);
  useEffect(() => onChosen((change) => void savePreferences(change)), []);
}
