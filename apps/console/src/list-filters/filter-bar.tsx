import { CloseOutlined, FilterOutlined, SearchOutlined } from '@ant-design/icons';
import type { ListSort } from '@libs/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { usePlaceWords } from '../conversations/words/use-place-words.js';
import { useActs } from '../palette/acts.js';
import { useListWords, useOtherListWords } from '../words/lists/use-list-words.js';
import { FilterDialog } from './filter-dialog.js';
import { type FilterPart, partsOf, without } from './list-choice.js';
import { SavedViewChips } from './saved-views.js';
import { useFilterNames } from './use-filter-names.js';
import type { ChosenList } from './use-list-choice.js';
import { ViewActs } from './view-acts.js';
import './list-filters.css';

interface BarProps {
  readonly list: ChosenList;
  /** Opens the field that a phone has no room for; undefined while it is open. */
  readonly onSearch: (() => void) | undefined;
}

/** What the list is narrowed and ordered by, and the ways to change that. */
export function FilterBar({ list, onSearch }: BarProps) {
  const words = useListWords();
  const places = usePlaceWords();
  const [open, setOpen] = useState(false);
  const other = useOtherListWords();
  const toFilter = () => setOpen(true);
  useActs([{ id: 'filter', does: words.filterTitle, also: other.filterTitle, run: toFilter }]);
  const parts = partsOf(list.wish.filter);
  return (
    <div className="filter-bar">
      <SavedViewChips place={list.place} />
      <div className="filter-line">
        <Button
          size="small"
          icon={<FilterOutlined aria-hidden />}
          aria-label={parts.length > 0 ? words.filterCount(parts.length) : words.filter}
          onClick={toFilter}
        >
          {words.filter}
        </Button>
        {onSearch && (
          <Button
            size="small"
            className="to-search"
            icon={<SearchOutlined aria-hidden />}
            aria-label={places.findTalks}
            title={places.findTalks}
            onClick={onSearch}
          />
        )}
        <SortSelect sort={list.wish.sort} onSort={list.setSort} />
      </div>
      {parts.length > 0 && <Chips list={list} parts={parts} />}
      <ViewActs list={list} />
      {open && <FilterDialog list={list} onClose={() => setOpen(false)} />}
    </div>
  );
}

interface SortProps {
  readonly sort: ListSort;
  readonly onSort: (sort: ListSort) => void;
}

function SortSelect({ sort, onSort }: SortProps) {
  const words = useListWords();
  return (
    <select
      className="list-sort"
      aria-label={words.sort}
      value={sort}
      onChange={(event) => onSort(event.target.value as ListSort)}
    >
      <option value="newest">{words.newest}</option>
      <option value="longest-waiting">{words.longestWaiting}</option>
    </select>
  );
}

interface ChipsProps {
  readonly list: ChosenList;
  readonly parts: readonly FilterPart[];
}

function Chips({ list, parts }: ChipsProps) {
  const words = useListWords();
  const nameOf = useFilterNames();
  return (
    <ul className="filter-chips" aria-label={words.filters}>
      {parts.map((part) => {
        const name = nameOf(part, list.wish.filter);
        return (
          <li key={`${part.kind} ${part.value}`}>
            <button
              type="button"
              className="filter-chip"
              aria-label={words.removeFilter(name)}
              title={name}
              onClick={() => list.setFilter(without(list.wish.filter, part))}
            >
              <bdi>{name}</bdi>
              <CloseOutlined aria-hidden />
            </button>
          </li>
        );
      })}
      <li>
        <button type="button" className="filter-clear" onClick={() => list.setFilter({})}>
          {words.clear}
        </button>
      </li>
    </ul>
  );
}
