import { InboxOutlined, LockOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTabTitle } from '../notifications/unread-mine.js';
import { errorText } from '../words/error-text.js';
import { useWords } from '../words/use-words.js';
import './page.css';

export { Loading } from './loading.js';

import '../forms/forms.css';

export type PageState = 'loading' | 'ready' | 'empty' | 'filtered-empty' | 'error' | 'not-found' | 'no-permission';

/** What a page says of itself, also where a frame of its own stands around it. */
export interface FramedPageProps {
  readonly screen: string;
  readonly state: PageState;
  readonly title: string;
  /** Beside the title: counts, links back. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

interface PageProps extends FramedPageProps {
  readonly above?: ReactNode;
}

/** One page of the workspace: its name in the title bar, its heading with the focus, its state for who looks at it. */
export function Page({ screen, state, title, aside, above, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useTabTitle(title);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main id="content" className="page" data-screen={screen} data-state={state} tabIndex={-1}>
      {above}
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
      </div>
      {children}
    </main>
  );
}

/** A region that failed; the rest of the page goes on. */
export function Failed({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const words = useWords();
  return (
    <div className="region-message" role="alert">
      <p>{errorText(error, words)}</p>
      <Button onClick={retry}>{words.retry}</Button>
    </div>
  );
}

/** Nothing here, and what one can do about it. */
interface NothingProps {
  readonly text: string;
  /** What would stand here; an empty tray where it is not said. */
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
}

export function Nothing({ text, icon, children }: NothingProps) {
  return (
    <div className="region-message">
      <span className="region-icon">{icon ?? <InboxOutlined aria-hidden />}</span>
      <p>{text}</p>
      {children}
    </div>
  );
}

export function LoadMore({
  query,
}: {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
}) {
  const words = useWords();
  if (!query.hasNextPage) return null;
  return (
    <p className="load-more">
      <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {words.loadMore}
      </Button>
    </p>
  );
}

/** The page for a role that may not see it; the entry to it is not shown either. */
export function NoPermissionPage() {
  const words = useWords();
  return (
    <Page screen="no-permission" state="no-permission" title={words.noAccessTitle}>
      <div className="region-message">
        <LockOutlined aria-hidden className="region-icon" />
        <p>{words.noAccess}</p>
      </div>
    </Page>
  );
}
