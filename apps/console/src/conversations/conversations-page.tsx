import type { ConversationView } from '@libs/contracts';
import { useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTabTitle } from '../notifications/unread-mine.js';
import { useWords } from '../words/use-words.js';
import { useWritingWords } from '../words/writing/use-writing-words.js';
import { ConversationList } from './conversation-list.js';
import { ConversationPane } from './conversation-pane.js';
import './conversations.css';
import './log.css';

export function ConversationsPage() {
  const params = useParams({ from: '/w/$slug/conversations/{-$view}/{-$conversationId}' });
  const view = (params.view ?? 'mine') as ConversationView;
  const id = params.conversationId;
  const words = useWords();
  const writing = useWritingWords();
  const title = {
    mine: words.titleMine,
    unassigned: words.titleUnassigned,
    all: words.titleAll,
    mentions: writing.titleMentions,
  }[view];
  useTabTitle(title);
  return (
    <main id="content" className="conversations" data-pane={id === undefined ? 'list' : 'conversation'} tabIndex={-1}>
      <PageHeading view={view} title={title} quiet={id !== undefined} />
      <ConversationList view={view} title={title} {...(id === undefined ? {} : { openId: id })} />
      <div className="conversation-column">
        {id === undefined ? (
          <p className="pick-one">{words.pickOne}</p>
        ) : (
          <ConversationPane key={id} id={id} view={view} />
        )}
      </div>
    </main>
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
