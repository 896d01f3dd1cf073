import type { ScheduledReply } from '@libs/contracts';

const SOONEST_MS = 1_500;
const LATEST_MS = 60_000;

/** When to look again, ms: a moment after the next one is due; never where nothing waits. */
export function nextLook(items: readonly Pick<ScheduledReply, 'dueAt' | 'refused'>[], now: number): number | false {
  const due = items.filter(({ refused }) => refused === null).map(({ dueAt }) => dueAt);
  if (due.length === 0) return false;
  return Math.min(LATEST_MS, Math.max(SOONEST_MS, Math.min(...due) - now + SOONEST_MS));
}

/** What stands in the box, with a text that comes back into it: nothing of either is lost. */
export function withText(draft: string, text: string): string {
  return draft.trim() === '' ? text : `${text}\n${draft}`;
}
