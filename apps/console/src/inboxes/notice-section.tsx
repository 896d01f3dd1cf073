import { Button } from 'antd';
import { useState } from 'react';
import { usePreferences } from '../device/preferences.js';
import { inboxesApi } from '../session/api.js';
import { exactTime } from '../words/format.js';
import { InboxField } from './inbox-field.js';
import { SureDialog } from './sure-dialog.js';
import type { DraftEditing } from './use-inbox-draft.js';
import { useInboxWords } from './words/use-inbox-words.js';

const FACTS = ['controller', 'purpose', 'dataKinds', 'retention', 'rights', 'complaints', 'fullText'] as const;

/** Who processes, the notice made from the register, and what the business confirms. */
export function NoticeSection({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  const { inbox } = editing;
  return (
    <>
      <p className="quiet">{words.noticeIntro}</p>
      <InboxField
        {...{ editing, name: 'businessName', needed: true }}
        label={words.businessName}
        hint={words.businessNameHint}
      />
      <InboxField
        {...{ editing, name: 'businessContact', needed: true }}
        label={words.businessContact}
        hint={words.businessContactHint}
      />
      <InboxField
        {...{ editing, name: 'complaintContact' }}
        label={words.complaintContact}
        hint={words.complaintContactHint}
      />
      <p data-notice={inbox.notice.isPublished ? 'published' : 'open'}>
        {inbox.noticeVersion === null ? words.noticeNone : words.noticeCurrent(String(inbox.noticeVersion))}
        {inbox.noticeVersion !== null && (
          <>
            <br />
            <span className="quiet">{inbox.notice.isPublished ? words.noticeSame : words.noticeOutdated}</span>
          </>
        )}
      </p>
      <NoticeTexts editing={editing} />
      <Publish editing={editing} />
      <Attestation editing={editing} />
    </>
  );
}

function NoticeTexts({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  return Object.entries(editing.inbox.notice.notices).map(([locale, notice]) => (
    <details key={locale} className="notice-text">
      <summary>{words.noticeIn[locale]}</summary>
      <dl lang={locale}>
        {FACTS.map((fact) => (
          <div key={fact}>
            <dt>{words.facts[fact]}</dt>
            <dd dir="auto">{notice[fact]}</dd>
          </div>
        ))}
      </dl>
    </details>
  ));
}

function Publish({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  const [asking, setAsking] = useState(false);
  const { inbox } = editing;
  if (inbox.notice.isPublished && !editing.dirty) return null;
  const next = (inbox.noticeVersion ?? 0) + 1;
  const blocked = editing.dirty || inbox.missing.includes('identity');
  return (
    <div className="button-row">
      <Button
        disabled={blocked}
        aria-describedby={blocked ? 'publish-blocked' : undefined}
        aria-haspopup="dialog"
        onClick={() => setAsking(true)}
      >
        {words.publish}
      </Button>
      {blocked && (
        <span id="publish-blocked" className="form-hint">
          {words.publishBlocked}
        </span>
      )}
      {asking && (
        <SureDialog
          title={words.publishTitle(String(next))}
          effect={inbox.noticeVersion === null ? words.publishFirst : words.publishEffect}
          verb={words.publishVerb}
          onClose={() => setAsking(false)}
          onAct={() => editing.act((version) => inboxesApi.act(inbox.id, 'notices', version))}
        />
      )}
    </div>
  );
}

function Attestation({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  const { locale } = usePreferences();
  const { inbox } = editing;
  return (
    <section className="attestation" aria-labelledby="attest-title">
      <h3 id="attest-title">{words.attestTitle}</h3>
      <p>{words.attestText}</p>
      {inbox.attestedAt === null ? (
        <Button onClick={() => void editing.act((version) => inboxesApi.act(inbox.id, 'attestation', version))}>
          {words.attest}
        </Button>
      ) : (
        <p className="quiet">{words.attested(exactTime(inbox.attestedAt, Date.now(), locale))}</p>
      )}
    </section>
  );
}
