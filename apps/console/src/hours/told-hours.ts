import type { HoursDetail } from '@libs/contracts';
import type { ToldField } from '../forms/changed-fields.js';
import { useWords } from '../words/use-words.js';
import { useHoursWords } from './words/use-hours-words.js';
import { zoneLabel } from './zone-names.js';

/** What is said of business hours that somebody else changed; a week and its exceptions by their names alone. */
export function useToldHours(): readonly ToldField<HoursDetail>[] {
  const words = useHoursWords();
  const { locale } = useWords();
  return [
    { label: words.name, of: ({ name }) => name, text: ({ name }) => name },
    { label: words.timeZone, of: ({ timeZone }) => timeZone, text: ({ timeZone }) => zoneLabel(locale, timeZone) },
    { label: words.week, of: ({ week }) => week },
    { label: words.days, of: ({ days }) => days },
  ];
}
