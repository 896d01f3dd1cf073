/** Reports: what goes on now, for whoever supervises. HTTP below /api/v1/chat/reports. */
import type { ColleagueAvailability } from './routing-protocol.js';

/** The queue of one inbox. */
export interface LiveQueue {
  readonly inboxId: string;
  readonly name: string;
  /** Conversations that nobody has. */
  readonly waiting: number;
  /** Since when the one has waited that waits longest; null = nobody waits. */
  readonly waitingSince: number | null;
}

/**
 * `GET /chat/reports/live`: who waits, and who is there. Counts of conversations and the present word of colleagues, no
 * visitor and no text. The packets `conversation` and `availability` of the `/agent` namespace say when to ask again.
 */
export interface LiveBoard {
  /** The server's time of the answer: waiting is counted from it, not from the clock of the screen. */
  readonly at: number;
  readonly waiting: number;
  readonly waitingSince: number | null;
  /** Conversations that somebody has, open now. */
  readonly open: number;
  /** Inboxes that were not ended, by name; who waits longest first. */
  readonly queues: readonly LiveQueue[];
  /** Everybody who may have conversations, by name. */
  readonly members: readonly ColleagueAvailability[];
}
