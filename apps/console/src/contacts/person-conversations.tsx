import type { ConversationSummary } from '@libs/contracts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { isMissing, useConversationList } from '../conversations/conversation-queries.js';
import { StateWord, UnreadCount } from '../conversations/marks.js';
import { unreadOf } from '../conversations/unread-of.js';
import { WaitingTag } from '../conversations/waiting-tag.js';
import { usePlaceWords } from '../conversations/words/use-place-words.js';
import { useNow } from '../live/use-now.js';
import { useMe } from '../session/session.js';
import { errorText } from '../words/error-text.js';
import { exactTime, relativeTime, safeText } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import '../conversations/marks.css';
import './person-conversations.css';

/** So many stand there before somebody asks for more. */
const FIRST = 5;

interface PersonProps {
  readonly subjectId: string;
  /** The conversation that this stands beside. */
  readonly besideId?: string;
}

/** The conversations of one person, as far as this member sees them; the way from one to the others. */
export function PersonConversations({ subjectId, besideId }: PersonProps) {
  const words = useWords();
  const places = usePlaceWords();
  const query = useConversationList({ view: 'all', filter: {}, sort: 'newest', person: subjectId });
  const [all, setAll] = useState(false);
  const rows = (query.data?.pages ?? []).flatMap((page) => page.items).filter(({ id }) => id !== besideId);
  if (query.isError && !isMissing(query.error)) {
    return (
      <div role="alert">
        <p>{errorText(query.error, words)}</p>
        <Button size="small" onClick={() => query.refetch()}>
          {words.retry}
        </Button>
      </div>
    );
  }
  if (query.isPending) return <span className="person-talk-wait" aria-busy="true" />;
  if (rows.length === 0) return <p className="quiet">{places.noTalks(besideId !== undefined)}</p>;
  const more = () => {
    setAll(true);
    if (all) void query.fetchNextPage({ cancelRefetch: false });
  };
  return (
    <>
      <ul className="person-talks">
        {(all ? rows : rows.slice(0, FIRST)).map((row) => (
          <Talk key={row.id} row={row} />
        ))}
      </ul>
      {(all ? query.hasNextPage : rows.length > FIRST) && (
        <Button size="small" loading={query.isFetchingNextPage} onClick={more}>
          {words.loadMore}
        </Button>
      )}
    </>
  );
}

function Talk({ row }: { readonly row: ConversationSummary }) {
  const words = useWords();
  const me = useMe();
  const now = useNow();
  return (
    <li>
      <Link
        to="/w/$slug/conversations/{-$view}/{-$conversationId}"
        params={{ slug: me.tenant.slug, view: 'all', conversationId: row.id }}
        className="person-talk"
      >
        <span className="person-talk-line">
          <span className="meta">
            <StateWord state={row.state} until={row.snoozedUntil} />
          </span>
          <WaitingTag row={row} now={now} />
          <UnreadCount count={unreadOf(row)} />
          <time
            className="meta"
            dateTime={new Date(row.lastAt).toISOString()}
            title={exactTime(row.lastAt, now, words.locale)}
          >
            {relativeTime(row.lastAt, now, words.locale, words)}
          </time>
        </span>
        {row.preview && (
          <span className="person-talk-text" dir="auto">
            {safeText(row.preview.text)}
          </span>
        )}
        <span className="person-talk-text meta">
          <bdi>{row.inboxName}</bdi>
          {row.assigneeName !== null && ' · '}
          {row.assigneeName !== null && <bdi>{row.assigneeName}</bdi>}
        </span>
      </Link>
    </li>
  );
}
