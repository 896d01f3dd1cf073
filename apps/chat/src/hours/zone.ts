/** A moment as clocks of a zone show it: days and minutes since the epoch of that clock. */
export interface WallClock {
  /** Days since 1970-01-01 in the zone. */
  readonly day: number;
  /** Minutes since midnight. */
  readonly minute: number;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const NAME = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,2}$/;

const formats = new Map<string, Intl.DateTimeFormat>();

/** True for a name of the IANA list; offsets and made-up names are none. */
export function isTimeZone(name: string): boolean {
  if (!NAME.test(name) || name.length > 64) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** What clocks in `zone` show at `at`. */
export function wallClock(zone: string, at: number): WallClock {
  const minutes = Math.floor((at + offsetAt(zone, at)) / MINUTE_MS);
  const day = Math.floor(minutes / DAY_MINUTES);
  return { day, minute: minutes - day * DAY_MINUTES };
}

/** Every moment at which clocks in `zone` show this: none in a gap, two where an hour comes twice. Ascending. */
export function momentsOf(zone: string, { day, minute }: WallClock): readonly number[] {
  const local = (day * DAY_MINUTES + minute) * MINUTE_MS;
  const offsets = new Set([
    offsetAt(zone, local - DAY_MINUTES * MINUTE_MS),
    offsetAt(zone, local + DAY_MINUTES * MINUTE_MS),
  ]);
  return [...offsets]
    .map((offset) => local - offset)
    .filter((at) => at + offsetAt(zone, at) === local)
    .sort((one, other) => one - other);
}

/** The moment between the two at which clocks were set, to the minute; undefined where they were not. */
export function clockChange(zone: string, from: number, to: number): number | undefined {
  const before = offsetAt(zone, from);
  if (offsetAt(zone, to) === before) return undefined;
  let [low, high] = [Math.floor(from / MINUTE_MS), Math.floor(to / MINUTE_MS)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle * MINUTE_MS) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE_MS;
}

/** Days since the epoch of `YYYY-MM-DD`; undefined for a date that does not exist. */
export function dayOf(date: string): number | undefined {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date) return undefined;
  return at / (DAY_MINUTES * MINUTE_MS);
}

/** How far clocks in `zone` are ahead of UTC, in ms. */
function offsetAt(zone: string, at: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) parts[type] = Number(value);
  const { year, month, day, hour, minute, second } = parts;
  const shown = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
  return shown - Math.floor(at / 1000) * 1000;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const two = '2-digit';
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, hourCycle: 'h23', calendar: 'gregory', numberingSystem: 'latn', era: undefined },
    ...{ year: 'numeric', month: two, day: two, hour: two, minute: two, second: two },
  } as Intl.DateTimeFormatOptions);
  formats.set(zone, format);
  return format;
}
