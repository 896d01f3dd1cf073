import { FilterOutlined } from '@ant-design/icons';
import type { Me } from '@libs/contracts';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useActs } from '../palette/acts.js';
import { useMe } from '../session/session.js';
import { useNarrow } from '../shell/use-narrow.js';
import { useListWords, useOtherListWords } from '../words/lists/use-list-words.js';
import { countText, useCounts, useViews } from './use-list-choice.js';
import './list-filters.css';

/** Entries of the navigation: the views that the member keeps. */
export function SavedViewItems({ me }: { readonly me: Me }) {
  const words = useListWords();
  const params = useParams({ strict: false });
  const counts = useCounts(({ saved }) => saved) ?? {};
  const items = useViews().data?.items ?? [];
  const navigate = useNavigate();
  const other = useOtherListWords();
  const { slug } = me.tenant;
  useActs(
    items.map(({ id, name }) => ({
      id: `view:${id}`,
      does: words.openView(name),
      also: other.openView(name),
      run: () => void navigate({ href: `/w/${slug}/conversations/${id}` }),
    })),
  );
  if (items.length === 0) return null;
  return (
    <ul className="nav-list nav-list-views nav-list-saved" aria-label={words.savedViews}>
      {items.map(({ id, name }) => (
        <li key={id}>
          <Link
            to="/w/$slug/conversations/$view"
            params={{ slug: me.tenant.slug, view: id }}
            className="nav-item"
            aria-current={params.view === id ? 'page' : undefined}
            title={name}
          >
            <FilterOutlined aria-hidden />
            <bdi className="nav-text">{name}</bdi>
            {countText(counts[id]) !== '' && <span className="nav-count">{countText(counts[id])}</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** On a phone the bar at the bottom has no room for them: they stand above the list. */
export function SavedViewChips({ place }: { readonly place: string }) {
  const words = useListWords();
  const { slug } = useMe().tenant;
  const narrow = useNarrow();
  const items = useViews(narrow).data?.items ?? [];
  if (!narrow || items.length === 0) return null;
  return (
    <ul className="filter-chips view-chips" aria-label={words.savedViews}>
      {items.map(({ id, name }) => (
        <li key={id}>
          <Link
            to="/w/$slug/conversations/$view"
            params={{ slug, view: id }}
            className="filter-chip view-chip"
            aria-current={place === id ? 'page' : undefined}
          >
            <bdi>{name}</bdi>
          </Link>
        </li>
      ))}
    </ul>
  );
}
