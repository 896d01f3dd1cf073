import type { ConversationSummary, ConversationView } from '@libs/contracts';
import { Link } from '@tanstack/react-router';
import { memo, useSyncExternalStore } from 'react';
import { LabelLine } from '../labels/label-chip.js';
import { rooms } from '../live/live-session.js';
import { useMe } from '../session/session.js';
import { Value } from '../values/value.js';
import { exactTime, relativeTime, safeText } from '../words/format.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { wishForComposer } from './composer-wish.js';
import { StateWord, UnreadCount } from './marks.js';
import { PersonName } from './person-name.js';
import { unreadOf } from './unread-of.js';
import { WaitingTag } from './waiting-tag.js';
import { unreadValue } from './withheld-value.js';

interface RowProps {
  readonly row: ConversationSummary;
  readonly view: ConversationView;
  readonly now: number;
  readonly open: boolean;
  /** The one row that Tab stops at. */
  readonly stop: boolean;
}

export const ConversationRow = memo(function ConversationRow({ row, view, now, open, stop }: RowProps) {
  const words = useWords();
  const me = useMe();
  const unread = unreadOf(row);
  return (
    <li>
      <Link
        to="/w/$slug/conversations/$view/$conversationId"
        params={{ slug: me.tenant.slug, view, conversationId: row.id }}
        className={unread > 0 ? 'row row-unread' : 'row'}
        aria-current={open ? 'true' : undefined}
        tabIndex={stop ? 0 : -1}
        data-conversation={row.id}
        onClick={() => wishForComposer(row.id)}
      >
        <span className="row-line">
          <span className="row-name">
            <PersonName row={row} />
          </span>
          <time
            className="meta"
            dateTime={new Date(row.lastAt).toISOString()}
            title={exactTime(row.lastAt, now, words.locale)}
          >
            {relativeTime(row.lastAt, now, words.locale, words)}
          </time>
        </span>
        <span className="row-line">
          <Preview row={row} />
          <UnreadCount count={unread} />
        </span>
        <span className="row-line row-foot">
          <WaitingTag row={row} now={now} />
          <Place row={row} />
        </span>
        <LabelLine labels={row.labels} />
      </Link>
    </li>
  );
});

function Place({ row }: { readonly row: ConversationSummary }) {
  const me = useMe();
  const anothers = row.assigneeName !== null && row.assigneeId !== me.memberId;
  return (
    <span className="meta row-inbox">
      <StateWord state={row.state} until={row.snoozedUntil} />
      {' · '}
      <bdi>{row.inboxName}</bdi>
      {anothers && ' · '}
      {anothers && <bdi>{row.assigneeName}</bdi>}
    </span>
  );
}

function Preview({ row }: { readonly row: ConversationSummary }) {
  const words = useWords();
  const ours = useMe().memberId === row.assigneeId;
  const personal = usePersonalWords();
  const draft = useSyncExternalStore(rooms.onDraft, () => rooms.draftOf(row.id));
  if (row.withheld) {
    return (
      <span className="row-preview">
        <Value label={personal.field['chat.message']!} value={unreadValue(row.withheld)} compact />
      </span>
    );
  }
  if (draft !== '') {
    return (
      <span className="row-preview" dir="auto">
        <span className="row-draft">{words.draft}</span>
        {safeText(draft.slice(0, 200))}
      </span>
    );
  }
  if (!row.preview) return <span className="row-preview row-headline">{words.headlineOnly}</span>;
  return (
    <span className="row-preview" dir="auto">
      {row.preview.from === 'agent' && (ours ? words.you : words.agentSaid(row.assigneeName ?? words.unknownColleague))}
      {safeText(row.preview.text.slice(0, 200))}
    </span>
  );
}
