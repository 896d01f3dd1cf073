import { ArrowLeftOutlined } from '@ant-design/icons';
import { type ContactDetail, personHandle } from '@libs/contracts';
import { Link, useParams } from '@tanstack/react-router';
import { isMissing } from '../conversations/conversation-queries.js';
import { usePlaceWords } from '../conversations/words/use-place-words.js';
import { useNow } from '../live/use-now.js';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { Failed, Loading, Nothing, Page } from '../shell/page.js';
import { exactTime } from '../words/format.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { ContactConsents } from './contact-consents.js';
import { ContactFacts } from './contact-facts.js';
import { useContactRecord } from './contact-queries.js';
import { LinkedPeople } from './linked-people.js';
import { PersonConversations } from './person-conversations.js';
import '../conversations/marks.css';
import './contacts.css';

export function ContactPage() {
  const { contactId } = useParams({ from: '/w/$slug/contacts/$contactId' });
  const words = useWords();
  const personal = usePersonalWords();
  const query = useContactRecord(contactId);
  const missing = isMissing(query.error);
  const state = missing ? 'not-found' : query.data ? 'ready' : query.isError ? 'error' : 'loading';
  // The code, not the name: titles end up in histories.
  const title = query.data && !missing ? personal.person(personHandle(query.data.subjectId)) : personal.contactRecord;
  return (
    <Page screen="contact" state={state} title={title} above={<BackToContacts />}>
      {missing ? (
        <Nothing text={words.notFound} />
      ) : query.data ? (
        <Record contact={query.data} refresh={() => query.refetch()} />
      ) : query.isError ? (
        <Failed error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Loading rows={6} shape="lines" />
      )}
    </Page>
  );
}

function BackToContacts() {
  const me = useMe();
  const personal = usePersonalWords();
  return (
    <Link to="/w/$slug/contacts" params={{ slug: me.tenant.slug }} className="back-link">
      <ArrowLeftOutlined aria-hidden />
      {personal.contacts}
    </Link>
  );
}

interface RecordProps {
  readonly contact: ContactDetail;
  readonly refresh: () => Promise<unknown>;
}

function Record({ contact, refresh }: RecordProps) {
  const me = useMe();
  const words = useWords();
  const personal = usePersonalWords();
  const places = usePlaceWords();
  const now = useNow();
  return (
    <div className="record">
      <section className="card" aria-labelledby="facts-title">
        <h2 id="facts-title">{personal.facts}</h2>
        <ContactFacts key={contact.id} contact={contact} refresh={refresh} />
      </section>
      <div className="record-side">
        {rights.converse(me.role) && (
          <section className="card" aria-labelledby="talks-title">
            <h2 id="talks-title">{places.talksOfPerson}</h2>
            <PersonConversations subjectId={contact.subjectId} />
          </section>
        )}
        <section className="card" aria-labelledby="consents-title">
          <h2 id="consents-title">{personal.consentsOfPerson}</h2>
          <ContactConsents consents={contact.consents} />
          {rights.desk(me.role) && <DeskLinks subjectId={contact.subjectId} />}
        </section>
        {rights.desk(me.role) && <LinkedPeople subjectId={contact.subjectId} />}
        <dl className="card record-times">
          <div>
            <dt>{personal.firstSeen}</dt>
            <dd>{exactTime(contact.firstSeenAt, now, words.locale)}</dd>
          </div>
          <div>
            <dt>{personal.lastChange}</dt>
            <dd>{exactTime(contact.updatedAt, now, words.locale)}</dd>
          </div>
        </dl>
      </div>
    </div>
  );
}

function DeskLinks({ subjectId }: { readonly subjectId: string }) {
  const me = useMe();
  const personal = usePersonalWords();
  const { slug } = me.tenant;
  return (
    <p className="button-row">
      <Link to="/w/$slug/privacy/consents" params={{ slug }} search={{ subject: subjectId }}>
        {personal.consentRecords}
      </Link>
      <Link to="/w/$slug/privacy/reads/$subjectId" params={{ slug, subjectId }}>
        {personal.whoHasSeen}
      </Link>
    </p>
  );
}
