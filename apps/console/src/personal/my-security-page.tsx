import { Button } from 'antd';
import { useState } from 'react';
import { SettingsPage } from '../settings/settings-frame.js';
import { Dialog } from '../shell/dialog.js';
import { DialogClose } from '../shell/dialog-buttons.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { FactorSection } from './factor-section.js';
import { LeakSection } from './leak-section.js';
import { PasswordChangeForm } from './password-form.js';
import { SignInSections } from './sign-in-sections.js';
import { useProfile } from './use-profile.js';
import '../sign-in/public-page.css';
import '../second-step/factor.css';

/** Password, second factor, devices, what happened, and what to do when something leaked. */
export function MySecurityPage() {
  const words = useSettingsWords();
  return (
    <SettingsPage screen="my-security" state="ready" title={words.mySecurity}>
      <PasswordSection />
      <FactorSection />
      <SignInSections />
      <LeakSection />
    </SettingsPage>
  );
}

function PasswordSection() {
  const words = useSettingsWords();
  const account = useAccountWords();
  const profile = useProfile();
  const [changing, setChanging] = useState(false);
  const [changed, setChanged] = useState(false);
  const done = () => {
    setChanging(false);
    setChanged(true);
  };
  return (
    <section className="card" aria-labelledby="my-password">
      <div className="account-row">
        <h2 id="my-password">{words.password}</h2>
        <Button onClick={() => setChanging(true)}>{account.changePassword}</Button>
      </div>
      <p role="status">{changed ? words.passwordChanged : ''}</p>
      {changing && (
        <Dialog title={account.changePassword} onClose={() => setChanging(false)}>
          <PasswordChangeForm email={profile.data?.email ?? ''} onDone={done} />
          <DialogClose label={words.cancel} onClose={() => setChanging(false)} />
        </Dialog>
      )}
    </section>
  );
}
