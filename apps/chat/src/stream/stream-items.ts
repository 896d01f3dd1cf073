import type { StreamHead } from './stream-head.js';

/** A send of a visitor or an agent: a public message or an internal note. Its number comes with the commit. */
export interface SendItem {
  readonly op: 'message' | 'note';
  readonly conversationId: string;
  /** Subject of the conversation: the body is sealed under this person's key. */
  readonly subjectId: string;
  /** Member id; null = the visitor. */
  readonly authorId: string | null;
  readonly senderId: string;
  readonly sendNumber: number;
  readonly body: Buffer;
  /** Plain text for the emission from memory; never stored. */
  readonly text: string;
  /** The socket it came through: it hears of it by the acknowledgement. */
  readonly origin: object | undefined;
  /** Of a member: refused where a colleague replied after this. */
  readonly seenSeq?: number;
  /** Present with the first message: the conversation begins in this set. */
  readonly open?: { readonly inboxId: string };
  outcome?: StreamOutcome;
}

/** A change of state by a member; its number comes with the commit. */
export interface StateItem {
  readonly op: 'take' | 'resolve' | 'reopen';
  readonly conversationId: string;
  readonly memberId: string;
  outcome?: StreamOutcome;
}

/** Who has it becomes somebody else, or nobody: as long as it is still `from`. A resolved one stays resolved. */
export interface HandItem {
  readonly op: 'hand';
  readonly conversationId: string;
  /** null = nobody had it. */
  readonly from: string | null;
  readonly to: string | null;
  /** Member who arranges it; null = routing. */
  readonly by: string | null;
  /** Only one that is not resolved. */
  readonly whileOpen?: true;
  /** Only one in this state. */
  readonly whileIn?: 'queued' | 'open';
  outcome?: StreamOutcome;
}

/** Puts a conversation off until `until`; one that is put off already gets the new time. */
export interface SnoozeItem {
  readonly op: 'snooze';
  readonly conversationId: string;
  readonly memberId: string;
  readonly until: number;
  outcome?: StreamOutcome;
}

/** Brings a snoozed one back: a member asks for it, or (null) its time has come, which is looked at again here. */
export interface WakeItem {
  readonly op: 'wake';
  readonly conversationId: string;
  readonly memberId: string | null;
  outcome?: StreamOutcome;
}

/** What changes the state of a conversation, or who has it; each op has its entry in `STATE_OPS`. */
export type ActItem = StateItem | HandItem | SnoozeItem | WakeItem;

export type StreamItem = SendItem | ActItem;

/** Kinds of entries that have no text. */
export type StateKind = 'taken' | 'resolved' | 'reopened' | 'assigned' | 'released' | 'snoozed' | 'woken';

/** What the committer gave: numbers and time. `seq` is null for what the visitor does not see. */
export interface StreamOutcome {
  readonly seq: number | null;
  readonly revision: number;
  readonly at: number;
}

/** One committed entry, in stream order, as the emitter gets it. */
export interface StreamEvent {
  readonly head: StreamHead;
  readonly kind: 'message' | 'note' | StateKind;
  readonly outcome: StreamOutcome;
  readonly authorId: string | null;
  readonly send?: SendItem;
  /** Whom a hand-over is about. */
  readonly memberId?: string;
  /** Until when it was snoozed. */
  readonly until?: number;
}
