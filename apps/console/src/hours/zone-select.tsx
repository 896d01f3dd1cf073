import { useMemo } from 'react';
import { useWords } from '../words/use-words.js';
import { zoneGroups } from './zone-names.js';

interface ZoneSelectProps {
  readonly value: string;
  readonly onChange: (zone: string) => void;
  /** Given by the field around it; a native control has no state of its own for it. */
  readonly status?: 'error' | '';
}

/** A list of the browser's own: it is searched by typing, and a phone shows it over the whole screen. */
export function ZoneSelect({ value, onChange, status: _status, ...rest }: ZoneSelectProps) {
  const { locale } = useWords();
  const groups = useMemo(() => zoneGroups(locale, value), [locale, value]);
  return (
    <select {...rest} className="native-select" value={value} onChange={({ target }) => onChange(target.value)}>
      {groups.map(({ area, zones }) => (
        <optgroup key={area} label={area}>
          {zones.map(({ zone, label }) => (
            <option key={zone} value={zone}>
              {label}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
