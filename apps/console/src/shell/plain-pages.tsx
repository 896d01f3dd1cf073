import { Link, useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { errorText } from '../words/error-text.js';
import { useWords } from '../words/use-words.js';
import './plain-pages.css';

/** The same page for what does not exist and for what is another's. */
export function NotFoundPage() {
  const words = useWords();
  useEffect(() => {
    document.title = `${words.notFoundTitle} · ${words.product}`;
  }, [words]);
  return (
    <main className="plain-page" data-screen="not-found" data-state="ready">
      <h1>{words.notFoundTitle}</h1>
      <p>{words.notFound}</p>
      <Link to="/">{words.toStart}</Link>
    </main>
  );
}

export function FailedPage({ error }: { readonly error: unknown }) {
  const words = useWords();
  const router = useRouter();
  return (
    <main className="plain-page" data-screen="failed" data-state="error">
      <h1>{words.product}</h1>
      <p role="alert">{errorText(error, words)}</p>
      <Button onClick={() => router.invalidate()}>{words.retry}</Button>
    </main>
  );
}

export function PendingPage() {
  const words = useWords();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 8_000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="plain-page" data-screen="loading" data-state="loading" aria-busy="true">
      {slow && <p role="status">{words.loadingSlow}</p>}
    </div>
  );
}
