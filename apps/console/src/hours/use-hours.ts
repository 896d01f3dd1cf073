import type { HoursState } from '@libs/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { routingApi } from '../session/api.js';
import { useWords } from '../words/use-words.js';
import { useHoursWords } from './words/use-hours-words.js';

const HOURS = ['hours'] as const;
const MINUTE_MS = 60_000;

export function useHours() {
  return useQuery({
    queryKey: HOURS,
    queryFn: ({ signal }) => routingApi.hours(signal),
    // Whether it is open now changes by itself.
    refetchInterval: MINUTE_MS,
  });
}

export function useRefreshHours(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: HOURS });
}

/** How it stands, with weekday and time on the clock of `zone`: 现在休息，周一9:00开始. */
export function useStanding(): (state: HoursState, zone: string) => string {
  const words = useHoursWords();
  const { locale } = useWords();
  return ({ open, changesAt }, zone) => {
    if (changesAt === null) return open ? words.always : words.never;
    const when = momentIn(changesAt, zone, locale);
    return open ? words.openUntil(when) : words.opensAt(when);
  };
}

const WEEK_MS = 6 * 86_400_000;

/** Weekday and time; further away than a week, the date. */
export function momentIn(at: number, timeZone: string, locale: string, now: number = Date.now()): string {
  const day = at - now < WEEK_MS ? { weekday: 'short' as const } : { month: 'short' as const, day: 'numeric' as const };
  return new Intl.DateTimeFormat(locale, {
    ...{ ...day, timeZone, hour: 'numeric', minute: '2-digit', hourCycle: 'h23' },
  }).format(at);
}
