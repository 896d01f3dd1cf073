import { type ReactNode, useEffect, useRef } from 'react';
import { LanguageSwitch, ThemeSwitch } from '../device/device-switches.js';
import { SlowLine } from '../shell/loading.js';
import { useWords } from '../words/use-words.js';
import './public-page.css';

interface PublicPageProps {
  readonly screen: string;
  readonly state?: string;
  readonly title: string;
  /** Wider than a sign-in card: long forms and texts. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A page before the workspace: one card, its heading with the focus when the page changes, language and theme. */
export function PublicPage({ screen, state = 'ready', title, wide = false, children }: PublicPageProps) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${words.product}`;
  }, [title, words]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page or step takes the focus, another language does not
  useEffect(() => heading.current?.focus(), [screen, state]);
  return (
    <div className="sign-in" data-screen={screen} data-state={state}>
      <header>
        <span className="wordmark">{words.product}</span>
        <LanguageSwitch />
      </header>
      <main>
        <div className={wide ? 'sign-in-card sign-in-card-wide' : 'sign-in-card'}>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {children}
        </div>
      </main>
      <footer>
        <ThemeSwitch />
      </footer>
    </div>
  );
}

/** A page that waits for its first answer: nothing for a moment, then lines of about its height. */
export function PublicLoading({ screen, title }: { readonly screen: string; readonly title: string }) {
  return (
    <PublicPage screen={screen} state="loading" title={title}>
      <div className="public-loading" aria-busy="true">
        <span className="public-line" />
        <span className="public-line" />
        <span className="public-line" />
      </div>
      <SlowLine />
    </PublicPage>
  );
}
