import { CloseOutlined } from '@ant-design/icons';
import type { ContactCard, ConversationSummary } from '@libs/contracts';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useNow } from '../live/use-now.js';
import { errorText } from '../words/error-text.js';
import { exactTime } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import { isMissing, useContact } from './conversation-queries.js';

interface ColumnProps {
  readonly row: ConversationSummary;
  /** Before the take only the headline is shown, of the person too. */
  readonly readable: boolean;
  /** On narrow screens the column is a sheet that is opened. */
  readonly open: boolean;
  readonly onClose: () => void;
}

export function ContactColumn({ row, readable, open, onClose }: ColumnProps) {
  const words = useWords();
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (open) close.current?.focus();
  }, [open]);
  return (
    <aside className={open ? 'contact contact-open' : 'contact'} aria-label={words.contact}>
      <header className="contact-header">
        <h2>{words.contact}</h2>
        <Button
          ref={close}
          type="text"
          className="contact-close"
          icon={<CloseOutlined aria-hidden />}
          aria-label={words.close}
          onClick={onClose}
        />
      </header>
      {readable ? <Contact row={row} /> : <p className="contact-note">{words.headlineOnly}</p>}
    </aside>
  );
}

function Contact({ row }: { readonly row: ConversationSummary }) {
  const words = useWords();
  const query = useContact(row.subjectId);
  if (query.data) return <Card card={query.data} row={row} />;
  if (isMissing(query.error)) return <p className="contact-note">{words.contactPending}</p>;
  if (query.isError) {
    return (
      <div className="contact-note" role="alert">
        <p>{errorText(query.error, words)}</p>
        <Button size="small" onClick={() => query.refetch()}>
          {words.retry}
        </Button>
      </div>
    );
  }
  return (
    <div className="contact-note" aria-busy="true">
      <span className="skeleton" />
      <span className="skeleton" />
    </div>
  );
}

function Card({ card, row }: { readonly card: ContactCard; readonly row: ConversationSummary }) {
  const words = useWords();
  const now = useNow();
  return (
    <div className="contact-body">
      <dl className="properties">
        <dt>{words.callName}</dt>
        <dd className="not-provided">{words.notProvided}</dd>
        <dt>{words.firstSeen}</dt>
        <dd>{exactTime(card.firstSeenAt, now, words.locale)}</dd>
        <dt>{words.inbox}</dt>
        <dd>
          <bdi>{row.inboxName}</bdi>
        </dd>
      </dl>
      <h3>{words.consents}</h3>
      {card.consents.length === 0 ? (
        <p className="meta">{words.noConsents}</p>
      ) : (
        <ul className="consents">
          {card.consents.map((consent) => (
            <li key={`${consent.purpose} ${consent.version}`}>
              <span className="consent-line">
                <span>{words.purposes[consent.purpose] ?? consent.purpose}</span>
                <span className="status-tag status-resolved">{words.agreed}</span>
              </span>
              <span className="meta">
                {words.noticeVersion(consent.version)} · {exactTime(consent.at, now, words.locale)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
