import type { ColleagueAvailability, LiveBoard } from '@libs/contracts';
import { toneOfWaiting, type WaitingTone } from '../conversations/waiting.js';

/** Colleagues by state alone: a screen on a wall is read by whoever passes, so it names nobody. */
export interface Attendance {
  readonly online: number;
  readonly busy: number;
  readonly offline: number;
  /** Online, and with as many conversations as they may have. */
  readonly full: number;
}

export function attendanceOf(members: readonly ColleagueAvailability[]): Attendance {
  const are = (state: ColleagueAvailability['availability']) =>
    members.filter(({ availability }) => availability === state).length;
  return {
    online: are('online'),
    busy: are('busy'),
    offline: are('offline'),
    full: members.filter(({ availability, open, capacity }) => availability === 'online' && open >= capacity).length,
  };
}

/** How the longest wait looks; calm where nobody waits. */
export function toneSince(since: number | null, now: number): WaitingTone {
  return since === null ? 'calm' : toneOfWaiting((now - since) / 60_000);
}

/** Who waits longest first, empty queues last: from afar one reads the top. */
export function byWait(queues: LiveBoard['queues']): LiveBoard['queues'] {
  const since = (at: number | null) => at ?? Number.POSITIVE_INFINITY;
  return queues.toSorted((one, other) =>
    one.waitingSince === other.waitingSince ? 0 : since(one.waitingSince) - since(other.waitingSince),
  );
}
