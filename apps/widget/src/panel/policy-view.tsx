import type { Notice } from '@libs/contracts';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ArchiveSection } from './archive-view.js';
import { usePanelState, useSession, useWords } from './panel-context.js';
import { PanelHeader } from './panel-header.js';

interface PolicyProps {
  readonly notice: Notice;
  readonly onBack: () => void;
}

/** The full text, exactly as it was hashed. */
export function PolicyText({ notice, onBack }: PolicyProps): JSX.Element {
  const words = useWords();
  return (
    <>
      <PanelHeader title={words.policyTitle(notice.version)} onBack={onBack} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <main class="reading scroll" tabIndex={0} aria-label={words.policyTitle(notice.version)}>
        <p class="prose" dir="auto">
          {notice.fullText}
        </p>
      </main>
    </>
  );
}

/** What was agreed to, the text in force, and what lies in this browser. */
export function PrivacyView(): JSX.Element {
  const words = useWords();
  const session = useSession();
  const { agreedVersion } = usePanelState();
  const [reading, setReading] = useState<Notice>();
  const notice = session.notice;
  if (reading) return <PolicyText notice={reading} onBack={() => setReading(undefined)} />;
  return (
    <>
      <PanelHeader title={words.policy} onBack={() => session.open(undefined)} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <main class="reading scroll" tabIndex={0} aria-label={words.policy}>
        {agreedVersion ? <p class="statement">{words.agreedTo(agreedVersion)}</p> : null}
        {session.isNew ? <p>{words.agreedNow}</p> : null}
        {notice && agreedVersion && agreedVersion !== notice.version ? (
          <p>{words.newerPolicy(notice.version)}</p>
        ) : null}
        {notice ? (
          <>
            <h2>{words.policyTitle(notice.version)}</h2>
            <p class="prose" dir="auto">
              {notice.fullText}
            </p>
          </>
        ) : null}
        <ArchiveSection onRead={setReading} />
        <h2>{words.storage}</h2>
        <p>{words.storageText}</p>
      </main>
    </>
  );
}
