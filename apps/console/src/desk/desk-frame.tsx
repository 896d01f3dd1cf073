import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { type FramedPageProps, Page } from '../shell/page.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import '../conversations/marks.css';
import '../values/values.css';
import './desk.css';

export const DESK_PLACES = [
  { to: '/w/$slug/privacy/register', word: 'register' },
  { to: '/w/$slug/privacy/fields', word: 'fields' },
  { to: '/w/$slug/privacy/consents', word: 'consents' },
  { to: '/w/$slug/privacy/approvals', word: 'approvals' },
] as const;

/** The pages of the desk with the way between them; who has no desk sees the one page alone. */
export function DeskPage(props: FramedPageProps) {
  const me = useMe();
  return <Page {...props} above={rights.desk(me.role) && <DeskNavigation slug={me.tenant.slug} />} />;
}

function DeskNavigation({ slug }: { readonly slug: string }) {
  const words = useDeskWords();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the row is wider than the screen: where one is has to be in sight.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, []);
  return (
    <nav ref={nav} className="desk-nav" aria-label={words.desk}>
      <ul>
        {DESK_PLACES.map(({ to, word }) => (
          <li key={to}>
            <Link to={to} params={{ slug }}>
              {words[word]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
