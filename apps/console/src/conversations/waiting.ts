import type { ConversationSummary } from '@libs/contracts';

const MINUTE_MS = 60_000;

/**
 * Whole minutes that the visitor of a row has waited for an answer; undefined where nobody waits, or not for a minute yet.
 * Who was put off knows why, and what is resolved waits for nothing.
 */
export function minutesWaited(
  { state, waitingSince }: Pick<ConversationSummary, 'state' | 'waitingSince'>,
  now: number,
): number | undefined {
  if (waitingSince === null || (state !== 'queued' && state !== 'open')) return undefined;
  const minutes = Math.floor((now - waitingSince) / MINUTE_MS);
  return minutes < 1 ? undefined : minutes;
}

const LONG_MINUTES = 10;
const DAY_MINUTES = 1440;

/** How a wait reads: like any other, in need of somebody, or left lying for a day. */
export type WaitingTone = 'calm' | 'long' | 'overdue';

export function toneOfWaiting(minutes: number): WaitingTone {
  if (minutes >= DAY_MINUTES) return 'overdue';
  return minutes >= LONG_MINUTES ? 'long' : 'calm';
}
