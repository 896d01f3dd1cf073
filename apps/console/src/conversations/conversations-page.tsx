import { FilterOutlined, MessageOutlined } from '@ant-design/icons';
import type { ConversationView } from '@libs/contracts';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useLayout } from '../device/preferences.js';
import { NAMED_VIEWS } from '../list-filters/list-choice.js';
import { useListChoice } from '../list-filters/use-list-choice.js';
import { useTabTitle } from '../notifications/unread-mine.js';
import { useMe } from '../session/session.js';
import { useListWords } from '../words/lists/use-list-words.js';
import { useWords } from '../words/use-words.js';
import { useWritingWords } from '../words/writing/use-writing-words.js';
import { ConversationList } from './conversation-list.js';
import { ConversationPane } from './conversation-pane.js';
import './conversations.css';
import './log.css';

export function ConversationsPage() {
  const params = useParams({ strict: false });
  // The id of a view that the member keeps stands where the name of a view would.
  const view = (params.view ?? 'mine') as ConversationView;
  const list = useListChoice(view);
  const id = params.conversationId;
  const { compact } = useLayout();
  const words = useWords();
  const writing = useWritingWords();
  const lists = useListWords();
  const titles: Readonly<Record<string, string>> = {
    mine: words.titleMine,
    unassigned: words.titleUnassigned,
    all: words.titleAll,
    mentions: writing.titleMentions,
  };
  const title = titles[view] ?? list.saved?.name ?? lists.savedViews;
  useTabTitle(title);
  return (
    <main
      id="content"
      className="conversations"
      data-density={compact ? 'compact' : undefined}
      data-pane={id === undefined ? 'list' : 'conversation'}
      tabIndex={-1}
    >
      <PageHeading view={view} title={title} quiet={id !== undefined} />
      <ListOf list={list} view={view} title={title} {...(id === undefined ? {} : { openId: id })} />
      <div className="conversation-column">
        {id === undefined ? (
          <div className="pick-one">
            <MessageOutlined aria-hidden className="list-icon" />
            <p>{words.pickOne}</p>
          </div>
        ) : (
          <ConversationPane key={id} id={id} view={view} />
        )}
      </div>
    </main>
  );
}

/** A view that is not there says so; one that is not read yet waits. */
function ListOf(props: Parameters<typeof ConversationList>[0]) {
  const lists = useListWords();
  const { list, title } = props;
  const { slug } = useMe().tenant;
  if (!list.missing && (list.saved || NAMED_VIEWS.includes(list.place))) return <ConversationList {...props} />;
  return (
    <section className="list-column" aria-label={title} data-screen="conversation-list" data-state="not-found">
      {list.missing && (
        <div className="list-message">
          <FilterOutlined aria-hidden className="list-icon" />
          <p>{lists.viewGone}</p>
          <Link to="/w/$slug/conversations/$view" params={{ slug, view: 'mine' }}>
            {lists.toMine}
          </Link>
        </div>
      )}
    </section>
  );
}

interface HeadingProps {
  readonly view: ConversationView;
  readonly title: string;
  /** A conversation is open: focus belongs there. */
  readonly quiet: boolean;
}

/** Takes focus when the view changes, so that a reader hears where it is; the list shows the same words. */
function PageHeading({ view, title, quiet }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(view);
  useEffect(() => {
    if (shown.current !== view && !quiet) heading.current?.focus();
    shown.current = view;
  }, [view, quiet]);
  return (
    <h1 ref={heading} className="visually-hidden" tabIndex={-1}>
      {title}
    </h1>
  );
}
