/** Replies that go out later: HTTP of the console, below /api/v1/chat/conversations/:id/scheduled-replies. */
import type { NamedMember, TextWithheld } from './agent-protocol.js';

/**
 * Why a reply was not sent, or will not be: the customer wrote first; its author may not reply here any more; the person
 * does not let their conversation be used.
 */
export type ScheduledRefusal = 'customer-wrote' | 'author-unable' | 'person-unwilling';

/** A reply that waits for its time, or could not be sent and stays. One that was sent is a message, and no longer here. */
export interface ScheduledReply {
  readonly id: string;
  /** In whose name it goes out. */
  readonly author: NamedMember;
  /** Empty where it may not be read; then `withheld` says why. Stars where the workspace masks it for this role. */
  readonly text: string;
  readonly withheld?: TextWithheld;
  readonly masked?: true;
  /** ms since the epoch. */
  readonly dueAt: number;
  readonly version: number;
  /** null = it waits. */
  readonly refused: ScheduledRefusal | null;
}

/** `GET`: whoever may read the conversation sees them; the next one first. */
export interface ScheduledReplies {
  readonly items: readonly ScheduledReply[];
}

/**
 * When a reply goes out, a minute to 90 days ahead. Exactly one of the two is given; `inMs` counts from the server's time.
 * 422 `chat.schedule-time-missing`, `chat.schedule-too-soon` with `details.earliest`, `chat.schedule-too-late`.
 */
export interface SendTime {
  /** A moment, ms since the epoch. */
  readonly at?: number;
  readonly inMs?: number;
}

/**
 * `POST`: the limits of a message. Refused like a reply that is sent now, and with 409 `chat.too-many-scheduled`. At its
 * time it goes out once, in the name of whoever scheduled it; not where the customer wrote first.
 */
export interface ReplySchedule extends SendTime {
  readonly text: string;
}

/**
 * `PATCH .../:replyId`: it waits again, and for what the customer writes from now on. The text is changed by its author
 * alone, the time also by who reaches all conversations (403 `chat.scheduled-reply-not-yours`). One that was not sent
 * needs a new time. 409 `chat.scheduled-reply-changed` with `details.version`; 404 `chat.scheduled-reply-not-found`, also
 * where it has been sent. `DELETE` cancels it; `POST .../:replyId/send` is its author's, and sends it whatever came between.
 */
export interface ScheduledReplyChange extends SendTime {
  readonly version: number;
  readonly text?: string;
}
