import { LIST_STATES, type ListFilter } from '@libs/contracts';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useColleagues } from '../conversations/use-hand-over.js';
import { useLabelItems } from '../labels/use-labels.js';
import { Dialog } from '../shell/dialog.js';
import { useListWords } from '../words/lists/use-list-words.js';
import { useListOptions } from './use-filter-names.js';
import type { ChosenList } from './use-list-choice.js';

type Many = 'state' | 'assignee' | 'inbox' | 'label';

interface Choice {
  readonly value: string;
  readonly name: string;
}

const WAITS = [15, 60, 240, 1440] as const;

interface DialogProps {
  readonly list: ChosenList;
  readonly onClose: () => void;
}

/** All conditions at once; on a phone it comes from the bottom edge. */
export function FilterDialog({ list, onClose }: DialogProps) {
  const words = useListWords();
  const [filter, setFilter] = useState<ListFilter>(list.wish.filter);
  const choices = useChoices();
  function submit(event: FormEvent): void {
    event.preventDefault();
    list.setFilter(filter);
    onClose();
  }
  const toggle = (kind: Many, value: string) => {
    const had = (filter[kind] ?? []) as readonly string[];
    const next = had.includes(value) ? had.filter((one) => one !== value) : [...had, value];
    setFilter({ ...filter, [kind]: next });
  };
  return (
    <Dialog title={words.filterTitle} onClose={onClose}>
      <form className="dialog-form filter-form" onSubmit={submit}>
        {choices.map(({ kind, title, items }) => (
          <Group
            key={kind}
            title={title}
            items={items}
            chosen={filter[kind] ?? []}
            onToggle={(value) => toggle(kind, value)}
          />
        ))}
        <label className="filter-option">
          <input
            type="checkbox"
            checked={filter.unread ?? false}
            onChange={(event) => setFilter({ ...filter, unread: event.target.checked })}
          />
          {words.unreadOnly}
        </label>
        <Waiting filter={filter} onChange={setFilter} />
        <div className="button-row dialog-buttons">
          <Button onClick={() => setFilter({})}>{words.clear}</Button>
          <Button type="primary" htmlType="submit">
            {words.apply}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function useChoices(): readonly { readonly kind: Many; readonly title: string; readonly items: readonly Choice[] }[] {
  const words = useListWords();
  const labels = useLabelItems();
  const colleagues = useColleagues().data?.items ?? [];
  const inboxes = useListOptions().data?.inboxes ?? [];
  const named = ({ id, name }: { readonly id: string; readonly name: string }): Choice => ({ value: id, name });
  return [
    {
      ...{ kind: 'state', title: words.state },
      items: LIST_STATES.map((value) => ({ value, name: words.states[value] })),
    },
    {
      ...{ kind: 'assignee', title: words.assignee },
      items: [{ value: 'me', name: words.me }, { value: 'nobody', name: words.nobody }, ...colleagues.map(named)],
    },
    { kind: 'inbox', title: words.inbox, items: inboxes.map(named) },
    { kind: 'label', title: words.labels, items: labels.map(named) },
  ];
}

interface GroupProps {
  readonly title: string;
  readonly items: readonly Choice[];
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
}

function Group({ title, items, chosen, onToggle }: GroupProps) {
  if (items.length === 0) return null;
  return (
    <fieldset className="filter-group">
      <legend>{title}</legend>
      <div className="filter-options">
        {items.map(({ value, name }) => (
          <label key={value} className="filter-option">
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
            <bdi>{name}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface WaitingProps {
  readonly filter: ListFilter;
  readonly onChange: (filter: ListFilter) => void;
}

function Waiting({ filter, onChange }: WaitingProps) {
  const words = useListWords();
  const { waiting, ...others } = filter;
  const choices = waiting === undefined || WAITS.some((one) => one === waiting) ? WAITS : [...WAITS, waiting];
  return (
    <label className="form-row">
      <span className="label">{words.waiting}</span>
      <select
        className="native-select"
        value={waiting ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? others : { ...others, waiting: Number(target.value) })}
      >
        <option value="">{words.anyWait}</option>
        {choices.map((minutes) => (
          <option key={minutes} value={minutes}>
            {words.waitingFor(minutes)}
          </option>
        ))}
      </select>
    </label>
  );
}
