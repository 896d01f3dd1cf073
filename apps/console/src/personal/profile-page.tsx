import { PictureSection } from '../pictures/picture-section.js';
import { SettingsPage } from '../settings/settings-frame.js';
import { Failed, Loading } from '../shell/page.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { BasicData } from './basic-data.js';
import { ProfileForm } from './profile-form.js';
import { useProfile } from './use-profile.js';
import '../sign-in/public-page.css';

/** One's own data, in full. */
export function ProfilePage() {
  const words = useSettingsWords();
  const query = useProfile();
  const state = query.data ? 'ready' : query.error ? 'error' : 'loading';
  return (
    <SettingsPage screen="profile" state={state} title={words.profilePage}>
      {state === 'loading' && <Loading rows={8} shape="form" />}
      {query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <>
          <p className="quiet">{words.profileHint}</p>
          <PictureSection name={query.data.nickname ?? query.data.displayName} />
          <ProfileForm profile={query.data} />
          <BasicData profile={query.data} />
        </>
      )}
    </SettingsPage>
  );
}
