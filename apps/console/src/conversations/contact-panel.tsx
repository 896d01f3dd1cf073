import { CloseOutlined } from '@ant-design/icons';
import type { ContactCard, ConversationSummary } from '@libs/contracts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { ContactConsents } from '../contacts/contact-consents.js';
import { ContactFacts } from '../contacts/contact-facts.js';
import { useContactRecord } from '../contacts/contact-queries.js';
import { PersonConversations } from '../contacts/person-conversations.js';
import { ConversationLabels } from '../labels/conversation-labels.js';
import { useNow } from '../live/use-now.js';
import { useMe } from '../session/session.js';
import { errorText } from '../words/error-text.js';
import { exactTime } from '../words/format.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { isMissing, useContact } from './conversation-queries.js';
import { usePlaceWords } from './words/use-place-words.js';

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
      {readable && <ConversationLabels row={row} />}
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

interface CardProps {
  readonly card: ContactCard;
  readonly row: ConversationSummary;
}

function Card({ card, row }: CardProps) {
  const words = useWords();
  const personal = usePersonalWords();
  const places = usePlaceWords();
  const me = useMe();
  const now = useNow();
  const query = useContactRecord(card.id);
  const handling = row.assigneeId === me.memberId && row.state === 'open';
  return (
    <div className="contact-body" data-screen="contact-panel" data-state={query.data ? 'ready' : query.status}>
      {query.data ? (
        <ContactFacts
          key={card.id}
          contact={query.data}
          refresh={() => query.refetch()}
          {...(handling ? { conversationId: row.id } : {})}
        />
      ) : (
        <RecordMissing query={query} />
      )}
      <dl className="properties">
        <dt>{words.firstSeen}</dt>
        <dd>{exactTime(card.firstSeenAt, now, words.locale)}</dd>
        <dt>{words.inbox}</dt>
        <dd>
          <bdi>{row.inboxName}</bdi>
        </dd>
      </dl>
      <h3>{places.otherTalks}</h3>
      <PersonConversations subjectId={card.subjectId} besideId={row.id} />
      <h3>{words.consents}</h3>
      {query.data && <ContactConsents consents={query.data.consents} />}
      <p className="contact-more">
        <Link to="/w/$slug/contacts/$contactId" params={{ slug: me.tenant.slug, contactId: card.id }}>
          {personal.openRecord}
        </Link>
      </p>
    </div>
  );
}

function RecordMissing({ query }: { readonly query: ReturnType<typeof useContactRecord> }) {
  const words = useWords();
  if (!query.isError) return <span className="skeleton" aria-busy="true" />;
  return (
    <div role="alert">
      <p>{errorText(query.error, words)}</p>
      <Button size="small" onClick={() => query.refetch()}>
        {words.retry}
      </Button>
    </div>
  );
}
