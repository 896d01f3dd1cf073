import { DownOutlined, RightOutlined } from '@ant-design/icons';
import type { ConversationView, ListState } from '@libs/contracts';
import { Button } from 'antd';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { countText, useCounts } from '../list-filters/use-list-choice.js';
import { useKeys } from '../live/keys.js';
import { useNow } from '../live/use-now.js';
import { useListWords } from '../words/lists/use-list-words.js';
import { useWords } from '../words/use-words.js';
import { ConversationRow } from './conversation-row.js';
import type { ListQuery, Section } from './use-sections.js';
import { usePlaceWords } from './words/use-place-words.js';

interface SectionsProps {
  readonly view: ConversationView;
  readonly sections: readonly Section[];
  readonly openId?: string;
}

/** The rows, section by section; keys move through all of them. */
export function Sections({ view, sections, openId }: SectionsProps) {
  const column = useRef<HTMLDivElement>(null);
  useRowKeys(column);
  const rows = sections.flatMap((section) => section.rows);
  const stop = rows.some((row) => row.id === openId) ? openId : rows[0]?.id;
  const shown = sections.filter((section) => section.state === undefined || section.rows.length > 0);
  return (
    <div ref={column}>
      {shown.map((section, at) => (
        <OneSection
          key={section.state ?? at}
          {...{ view, section }}
          {...(openId === undefined ? {} : { openId })}
          {...(stop === undefined ? {} : { stop })}
        />
      ))}
    </div>
  );
}

interface OneProps extends Pick<SectionsProps, 'view' | 'openId'> {
  readonly section: Section;
  /** The one row of the whole list that Tab stops at. */
  readonly stop?: string;
}

function OneSection({ view, section, openId, stop }: OneProps) {
  const words = useWords();
  const now = useNow();
  const { state, rows, query } = section;
  // What is done is looked at when somebody asks for it.
  const [open, setOpen] = useState(state !== 'resolved');
  return (
    <div className="list-section">
      {state !== undefined && <SectionHead state={state} open={open} onToggle={() => setOpen(!open)} />}
      {open && (
        <ul>
          {rows.map((row) => (
            <ConversationRow
              key={row.id}
              row={row}
              view={view}
              now={now}
              open={row.id === openId}
              stop={row.id === stop}
            />
          ))}
        </ul>
      )}
      {open && query.hasNextPage && <MoreRows query={query} label={words.loadMore} />}
    </div>
  );
}

interface HeadProps {
  readonly state: ListState;
  readonly open: boolean;
  readonly onToggle: () => void;
}

function SectionHead({ state, open, onToggle }: HeadProps) {
  const words = useListWords();
  const count = countText(useCounts(({ states }) => states[state]));
  return (
    <h2>
      <button type="button" className="section-head" aria-expanded={open} onClick={onToggle}>
        {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
        {words.states[state]}
        {count !== '' && <span className="meta">{count}</span>}
      </button>
    </h2>
  );
}

function useRowKeys(column: RefObject<HTMLElement | null>): void {
  const words = useWords();
  const places = usePlaceWords();
  const move = (by: number) => {
    const links = [...(column.current?.querySelectorAll<HTMLAnchorElement>('a.row') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const open = links.findIndex((link) => link.getAttribute('aria-current') === 'true');
    const to = at >= 0 ? at + by : Math.max(0, open);
    links[Math.min(Math.max(to, 0), links.length - 1)]?.focus();
  };
  // Elsewhere the arrows scroll.
  const inside = (by: number) => () => column.current?.contains(document.activeElement) && move(by);
  useKeys({
    j: { does: words.keyNext, run: () => move(1), moves: true },
    k: { does: words.keyPrevious, run: () => move(-1), moves: true },
    ...{ ArrowDown: inside(1), ArrowUp: inside(-1) },
    Home: { does: places.firstRow, run: inside(-Infinity), moves: true },
    End: { does: places.lastRow, run: inside(Infinity), moves: true },
  });
}

/** Loads on scroll, with a button for those who do not scroll. */
function MoreRows({ query, label }: { readonly query: ListQuery; readonly label: string }) {
  const end = useRef<HTMLDivElement>(null);
  const { fetchNextPage, isFetchingNextPage } = query;
  useEffect(() => {
    const seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void fetchNextPage({ cancelRefetch: false });
    });
    if (end.current) seen.observe(end.current);
    return () => seen.disconnect();
  }, [fetchNextPage]);
  return (
    <div ref={end} className="list-more">
      <Button size="small" loading={isFetchingNextPage} onClick={() => fetchNextPage({ cancelRefetch: false })}>
        {label}
      </Button>
    </div>
  );
}
