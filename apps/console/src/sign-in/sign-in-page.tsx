import { useEffect } from 'react';
import { LanguageSwitch, ThemeSwitch } from '../device/device-switches.js';
import { useWords } from '../words/use-words.js';
import { SignInForm } from './sign-in-form.js';
import './sign-in-page.css';

export function SignInPage() {
  const words = useWords();
  useEffect(() => {
    document.title = `${words.signIn} · ${words.product}`;
  }, [words]);
  return (
    <div className="sign-in" data-screen="sign-in" data-state="ready">
      <header>
        <span className="wordmark">{words.product}</span>
        <LanguageSwitch />
      </header>
      <main>
        <SignInForm />
      </main>
      <footer>
        <ThemeSwitch />
      </footer>
    </div>
  );
}
