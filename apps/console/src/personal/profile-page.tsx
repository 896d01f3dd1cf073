import type { Profile } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { accountApi } from '../session/api.js';
import { SettingsPage } from '../settings/settings-frame.js';
import { Failed, Loading } from '../shell/page.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { BasicData } from './basic-data.js';
import { ProfileForm } from './profile-form.js';
import '../sign-in/public-page.css';

export const PROFILE = ['profile'] as const;

export function useProfile() {
  return useQuery({ queryKey: PROFILE, queryFn: ({ signal }) => accountApi.profile(signal), staleTime: 0 });
}

export function useKeepProfile(): (profile: Profile) => void {
  const client = useQueryClient();
  return (profile) => void client.setQueryData(PROFILE, profile);
}

/** One's own data, in full. */
export function ProfilePage() {
  const words = useSettingsWords();
  const query = useProfile();
  const state = query.data ? 'ready' : query.error ? 'error' : 'loading';
  return (
    <SettingsPage screen="profile" state={state} title={words.profilePage}>
      {state === 'loading' && <Loading rows={8} />}
      {query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <>
          <p className="quiet">{words.profileHint}</p>
          <ProfileForm profile={query.data} />
          <BasicData profile={query.data} />
        </>
      )}
    </SettingsPage>
  );
}
