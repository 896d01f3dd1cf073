import { PublicLoading, PublicPage } from '../sign-in/public-page.js';
import { BackToSignIn } from '../sign-in/sign-in-links.js';
import { useOptions } from '../sign-in/use-options.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { SignUpForm } from './sign-up-form.js';

export function SignUpPage() {
  const words = useAccountWords();
  const options = useOptions();
  if (!options.known) return <PublicLoading screen="sign-up" title={words.signUpTitle} />;
  return (
    <PublicPage screen="sign-up" state={options.signUp ? 'ready' : 'closed'} title={words.signUpTitle} wide>
      {options.signUp ? <SignUpForm sms={options.sms} /> : <p>{words.signUpClosed}</p>}
      <BackToSignIn />
    </PublicPage>
  );
}
