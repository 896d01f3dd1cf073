import type { Notice } from '@libs/contracts';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { SUPERSEDED, WITHDRAWN } from './choice-book.js';
import { Icon } from './icons.js';
import { usePanelState, useSession, useWords } from './panel-context.js';
import { PanelHeader } from './panel-header.js';
import { PolicyText } from './policy-view.js';
import { phoneText } from './text-format.js';
import type { Words } from './words.js';

const READ_SENTENCE_MS = 6_000;
const AGAIN: Readonly<Record<string, (words: Words) => string>> = {
  [SUPERSEDED]: (words) => words.superseded,
  [WITHDRAWN]: (words) => words.agreeToResume,
  'chat.identity': (words) => words.identityNeeded,
  other: (words) => words.consentAgain,
};

/** Asked before anything else, agree and decline as equals (ux 4.6). */
export function NoticeView(): JSX.Element {
  const session = useSession();
  const words = useWords();
  const { code } = usePanelState();
  const [reading, setReading] = useState(false);
  const notice = session.notice;
  if (!notice) return <PanelHeader />;
  if (reading) return <PolicyText notice={notice} onBack={() => setReading(false)} />;
  const again = code && (AGAIN[code] ?? AGAIN[code.replace(/-.*/, '')] ?? AGAIN.other)?.(words);
  return (
    <>
      <PanelHeader />
      <main class="notice scroll">
        {again ? (
          <p class="bar warning" role="status">
            {again}
          </p>
        ) : null}
        <h2>{words.noticeTitle}</h2>
        <Facts notice={notice} />
        <button type="button" class="link" onClick={() => setReading(true)}>
          {words.fullText(notice.version)}
          <Icon name="forward" />
        </button>
      </main>
      <Choices />
    </>
  );
}

function Facts({ notice }: { readonly notice: Notice }): JSX.Element {
  const words = useWords();
  const facts = [
    [words.controller, notice.controller],
    [words.purpose, notice.purpose],
    [words.dataKinds, notice.dataKinds],
    [words.retention, notice.retention],
    [words.rights, notice.rights],
    [words.complaints, notice.complaints ?? words.complaintsElse],
  ] as const;
  return (
    <dl>
      {facts.map(([term, fact]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd dir="auto">{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Same size, same fill, same row; neither is chosen beforehand. */
function Choices(): JSX.Element {
  const session = useSession();
  const words = useWords();
  const { busy, unanswered } = usePanelState();
  return (
    <footer class="choices">
      {unanswered ? (
        <p class="error-text" role="alert">
          {words.noAnswer}
        </p>
      ) : null}
      <button type="button" class="outline" disabled={busy} onClick={() => session.decline()}>
        {words.decline}
      </button>
      <button type="button" class="outline" disabled={busy} onClick={() => void session.agree()}>
        {words.agree}
      </button>
    </footer>
  );
}

/** Says that nothing stayed, then the panel closes by itself; pressing the launcher shows the notice again. */
export function RefusedView(): JSX.Element {
  const session = useSession();
  const words = useWords();
  const { settings } = usePanelState();
  useEffect(() => {
    const timer = setTimeout(() => session.close(), READ_SENTENCE_MS);
    return () => clearTimeout(timer);
  }, [session]);
  return (
    <>
      <PanelHeader />
      <main class="centred">
        <div role="status">
          <p class="statement">{words.nothingKept}</p>
          {settings?.phone ? <p>{words.callInstead(phoneText(settings.phone))}</p> : null}
        </div>
        <button type="button" class="outline" onClick={() => session.close()}>
          {words.close}
        </button>
      </main>
    </>
  );
}
