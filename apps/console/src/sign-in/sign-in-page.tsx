import { useSearch } from '@tanstack/react-router';
import { useState, useSyncExternalStore } from 'react';
import { sessionEnded } from '../session/session.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { sentences } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import { AlreadySignedIn, useAlreadySignedIn } from './already-signed-in.js';
import { CodeForm } from './code-form.js';
import { PasswordForm } from './password-form.js';
import { PublicPage } from './public-page.js';
import { SignInLinks } from './sign-in-links.js';
import { useOptions } from './use-options.js';

export function SignInPage() {
  const words = useWords();
  const account = useAccountWords();
  const { next } = useSearch({ from: '/sign-in' });
  const options = useOptions();
  const [by, setBy] = useState<'password' | 'code'>('password');
  const { me, forget } = useAlreadySignedIn();
  if (me) return <AlreadySignedIn me={me} onOther={forget} />;
  const Form = by === 'code' && options.sms ? CodeForm : PasswordForm;
  return (
    <PublicPage screen="sign-in" title={words.signIn}>
      <Ended />
      {isOld() && <p className="form-notice">{account.unsupported}</p>}
      {options.sms && (
        <fieldset className="public-tabs sign-in-group">
          <legend className="visually-hidden">{words.signIn}</legend>
          <button type="button" aria-pressed={by === 'password'} onClick={() => setBy('password')}>
            {account.byPassword}
          </button>
          <button type="button" aria-pressed={by === 'code'} onClick={() => setBy('code')}>
            {account.byCode}
          </button>
        </fieldset>
      )}
      <Form next={next} />
      <SignInLinks signUp={options.signUp} />
    </PublicPage>
  );
}

function Ended() {
  const words = useWords();
  const ended = useSyncExternalStore(sessionEnded.subscribe, sessionEnded.get);
  if (ended === undefined) return null;
  const said = ended === 'revoked' ? words.sessionEnded : words.sessionOver;
  return <p className="form-notice">{sentences([said, words.perhapsDisabled], words.locale)}</p>;
}

/** Warns, and lets in (F-0108). */
function isOld(): boolean {
  return !('popover' in HTMLElement.prototype) || !CSS.supports('selector(:has(a))');
}
