import type { InboxSettings } from '@libs/contracts';

/** Outside business hours: when they begin again, null where nobody knows; undefined while they last. */
export function awayUntil(hours: InboxSettings['hours'], now: number): number | null | undefined {
  if (!hours) return undefined;
  const passed = hours.changes.filter((at) => at <= now).length;
  return hours.open === (passed % 2 === 0) ? undefined : (hours.changes[passed] ?? null);
}
