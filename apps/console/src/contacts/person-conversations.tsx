import type { ConversationSummary } from '@libs/contracts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { isMissing, useConversationList } from '../conversations/conversation-queries.js';
import { StateWord, UnreadCount } from '../conversations/marks.js';
import { unreadOf } from '../conversations/unread-of.js';
import { WaitingTag } from '../conversations/waiting-tag.js';
import { unreadValue } from '../conversations/withheld-value.js';
import { usePlaceWords } from '../conversations/words/use-place-words.js';
import { useNow } from '../live/use-now.js';
import { useMe } from '../session/session.js';
import { Value } from '../values/value.js';
import { errorText } from '../words/error-text.js';
import { exactTime, relativeTime, safeText } from '../words/format.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
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

/**
 * The conversations of one person and of whom the site signed with the same name, as far as this member sees them; the
 * way from one to the others (F-0312).
 */
export function PersonConversations({ subjectId, besideId }: PersonProps) {
  const words = useWords();
  const places = usePlaceWords();
  const query = useConversationList({ view: 'all', filter: {}, sort: 'newest', person: subjectId });
  const [all, setAll] = useState(false);
  // Of whom one sees nothing any more, nothing that was read stays.
  const gone = isMissing(query.error);
  const pages = gone ? [] : (query.data?.pages ?? []);
  const rows = pages.flatMap((page) => page.items).filter(({ id }) => id !== besideId);
  if (query.isError && !gone) {
    return (
      <div className="person-talks-failed" role="alert" data-talks="error">
        <p>{errorText(query.error, words)}</p>
        <Button size="small" onClick={() => query.refetch()}>
          {words.retry}
        </Button>
      </div>
    );
  }
  if (query.isPending) return <span className="person-talk-wait" aria-busy="true" data-talks="loading" />;
  if (rows.length === 0) {
    return (
      <p className="quiet" data-talks="empty">
        {places.noTalks(besideId !== undefined)}
      </p>
    );
  }
  const more = () => {
    setAll(true);
    if (all) void query.fetchNextPage({ cancelRefetch: false });
  };
  return (
    <>
      <ul className="person-talks" data-talks="ready">
        {(all ? rows : rows.slice(0, FIRST)).map((row) => (
          <Talk key={row.id} row={row} linked={row.subjectId !== subjectId} />
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

interface TalkProps {
  readonly row: ConversationSummary;
  /** Somebody else to us, until the site said who it is. */
  readonly linked: boolean;
}

function Talk({ row, linked }: TalkProps) {
  const words = useWords();
  const places = usePlaceWords();
  const me = useMe();
  const now = useNow();
  return (
    <li>
      <Link
        to="/w/$slug/conversations/$view/$conversationId"
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
        <LastMessage row={row} />
        {linked && <span className="person-talk-text meta">{places.linkedAs(words.visitor(row.handle))}</span>}
        <span className="person-talk-text meta">
          <bdi>{row.inboxName}</bdi>
          {row.assigneeName !== null && ' · '}
          {row.assigneeName !== null && <bdi>{row.assigneeName}</bdi>}
        </span>
      </Link>
    </li>
  );
}

/** The newest message, or why it is not shown. */
function LastMessage({ row }: Pick<TalkProps, 'row'>) {
  const words = useWords();
  const personal = usePersonalWords();
  if (row.withheld) return <Value label={personal.field['chat.message']!} value={unreadValue(row.withheld)} compact />;
  if (!row.preview) return <span className="person-talk-text meta">{words.headlineOnly}</span>;
  return (
    <span className="person-talk-text" dir="auto">
      {safeText(row.preview.text)}
    </span>
  );
}
