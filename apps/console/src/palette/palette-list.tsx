import { useEffect } from 'react';
import { isSingleKey } from '../live/key-names.js';
import { keyBook } from '../live/keys.js';
import { KeyCaps } from '../shell/key-list.js';
import { useAroundWords } from '../words/around/use-around-words.js';
import { safeText } from '../words/format.js';
import type { Entry, EntryGroup } from './entries.js';
import { clearRecent } from './recent.js';
import type { PaletteEntries } from './use-entries.js';

interface ListProps {
  readonly id: string;
  readonly found: PaletteEntries;
  readonly chosen: Entry | undefined;
  readonly onStart: (entry: Entry, apart: boolean) => void;
}

export function PaletteList({ id, found, chosen, onStart }: ListProps) {
  const words = useAroundWords();
  const count = found.groups.reduce((sum, { entries }) => sum + entries.length, 0);
  const said = found.searching ? words.searching : count === 0 ? words.nothingFound : words.results(count);
  useEffect(() => {
    if (chosen) document.getElementById(`${id}-${chosen.id}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen]);
  return (
    <>
      <div id={id} role="listbox" aria-label={words.palette} className="palette-list">
        {found.groups.map((group) => (
          <Group key={group.name} id={id} group={group} chosen={chosen} onStart={onStart} />
        ))}
      </div>
      {found.failed && (
        <p role="alert" className="palette-failed">
          {words.searchFailed}
        </p>
      )}
      <div className="palette-foot meta">
        <p role="status">{said}</p>
        {found.groups.some(({ name }) => name === 'recent') && (
          <button type="button" onClick={clearRecent}>
            {words.clearRecent}
          </button>
        )}
      </div>
    </>
  );
}

interface GroupProps extends Omit<ListProps, 'found'> {
  readonly group: EntryGroup;
}

function Group({ id, group, chosen, onStart }: GroupProps) {
  const words = useAroundWords();
  const title = {
    acts: words.groupActs,
    recent: words.groupRecent,
    places: words.groupPlaces,
    conversations: words.groupConversations,
    contacts: words.groupContacts,
  }[group.name];
  const titleId = `${id}-${group.name}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields, not the options of a listbox
    <div role="group" aria-labelledby={titleId}>
      <p id={titleId} className="palette-group meta" role="presentation">
        {title}
      </p>
      {group.entries.map((entry) => (
        <Option key={entry.id} id={`${id}-${entry.id}`} entry={entry} on={entry.id === chosen?.id} onStart={onStart} />
      ))}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly entry: Entry;
  readonly on: boolean;
  readonly onStart: ListProps['onStart'];
}

function Option({ id, entry, on, onStart }: OptionProps) {
  const { key } = entry;
  const shown = key !== undefined && (keyBook.singleKeys.get() || !isSingleKey(key));
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field beside it has the focus and the keys
    // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant of the field points here
    <div
      id={id}
      role="option"
      aria-selected={on}
      className="palette-option"
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => onStart(entry, event.ctrlKey || event.metaKey)}
    >
      <bdi className="palette-label">{entry.label}</bdi>
      {entry.hint !== '' && (
        <span className="palette-hint meta">
          <bdi>{safeText(entry.hint)}</bdi>
        </span>
      )}
      {shown && <KeyCaps name={key} />}
    </div>
  );
}
