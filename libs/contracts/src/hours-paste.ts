import type { HoursPeriod, SpecialDay } from './hours-protocol.js';

/** What was understood of a pasted list, and the numbers of the lines that were not. */
export interface PastedDays {
  readonly days: readonly SpecialDay[];
  readonly faults: readonly number[];
}

const DATE = /(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*日?/u;
const RANGE = new RegExp(`^${DATE.source}(?:\\s*(?:至|到|~|～|–|—|-|to|\\.\\.)\\s*${DATE.source})?`, 'iu');
const PERIOD = /(\d{1,2})[:：](\d{2})\s*[-–—~～至到]\s*(\d{1,2})[:：](\d{2})/gu;
const WORKED = /上班|调休|补班|班$|\bwork(?:ing|ed)?\b|\bopen\b/iu;
const LONGEST_RANGE = 60;
const DAY_MS = 86_400_000;

/**
 * Reads a list as authorities publish it: a date or a range on each line, then a name; a day that is worked in exchange
 * says so (`上班`, `work`) and may bring its periods, else it gets `usual`.
 */
export function pastedDays(text: string, usual: readonly HoursPeriod[]): PastedDays {
  const days = new Map<string, SpecialDay>();
  const faults: number[] = [];
  for (const [at, raw] of text.split(/\r?\n/u).entries()) {
    const line = raw.trim();
    if (line === '') continue;
    const found = daysOf(line, usual);
    if (!found) faults.push(at + 1);
    for (const day of found ?? []) days.set(day.date, day);
  }
  return { days: [...days.values()].sort((one, other) => (one.date < other.date ? -1 : 1)), faults };
}

function daysOf(line: string, usual: readonly HoursPeriod[]): readonly SpecialDay[] | undefined {
  const match = RANGE.exec(line);
  if (!match) return undefined;
  const first = dateOf(match[1], match[2], match[3]);
  const last = match[4] === undefined ? first : dateOf(match[4], match[5], match[6]);
  if (first === undefined || last === undefined || last < first || last - first > LONGEST_RANGE * DAY_MS)
    return undefined;
  const rest = line.slice(match[0].length);
  const periods = [...rest.matchAll(PERIOD)].map(([, fromHour, from, toHour, to]) => ({
    from: `${fromHour!.padStart(2, '0')}:${from!}`,
    to: `${toHour!.padStart(2, '0')}:${to!}`,
  }));
  const worked = periods.length > 0 || WORKED.test(rest.trim());
  const name = rest
    .replace(PERIOD, '')
    .replace(/[\s,，;；:：\t]+/gu, ' ')
    .trim()
    .slice(0, 60);
  const found: SpecialDay[] = [];
  for (let at = first; at <= last; at += DAY_MS) {
    found.push({
      ...{ date: new Date(at).toISOString().slice(0, 10), name },
      periods: periods.length > 0 ? periods : worked ? usual : [],
    });
  }
  return found;
}

/** Midnight of a date that exists. */
function dateOf(year?: string, month?: string, day?: string): number | undefined {
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const made = new Date(at);
  return made.getUTCMonth() === Number(month) - 1 && made.getUTCDate() === Number(day) ? at : undefined;
}
