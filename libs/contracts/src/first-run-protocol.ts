/** The wire of the first steps of a workspace: each is ticked by what really happened. */
import type { InboxOrigin } from './inbox-protocol.js';

/** In the order of the screen. */
export const FIRST_STEPS = ['inbox', 'notice', 'snippet', 'invitation', 'answer'] as const;
/**
 * `inbox`: one is in use. `notice`: one is in force. `snippet`: a page of a site that the inbox allows asked for an embed
 * pass. `invitation`: somebody else joined. `answer`: a member wrote to a visitor.
 */
export type FirstStep = (typeof FIRST_STEPS)[number];

/** `GET /chat/first-run`, for those who manage inboxes. */
export interface FirstRun {
  /** When each happened, ms since the epoch; null = not yet. */
  readonly steps: Readonly<Record<FirstStep, number | null>>;
  /** The oldest inbox that was not ended. */
  readonly inbox: { readonly id: string; readonly name: string; readonly live: boolean } | null;
  /** Until the snippet was seen: a site that asked within the last hour and is not among the allowed ones. */
  readonly refusedOrigin: InboxOrigin | null;
}
