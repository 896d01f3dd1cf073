import type { ConversationState } from '@libs/contracts';
import type { Reply } from './replies.js';
import type { StreamHead } from './stream-head.js';
import type { StateKind, StreamEvent, StreamOutcome } from './stream-items.js';
import type { StreamRows } from './stream-rows.js';

/** What one batch of the committer does to streams. */
export interface StreamBatch extends StreamRows {
  readonly heads: Map<string, StreamHead>;
  /** Page loads of the last day per participant, where a new one asks. */
  readonly senderCounts: Map<string, number>;
  readonly events: StreamEvent[];
  /** Replies of members, of conversations in which somebody asks whether there are new ones. */
  readonly replies: Map<string, Reply[]>;
  /** Of resolved conversations that come back: their inboxes in which the machine gives. */
  readonly routed: Set<string>;
}

/** What an entry without text says. */
export interface StateChange {
  readonly state: ConversationState;
  /** Who did it; null = the system or the visitor. */
  readonly memberId: string | null;
  /** Whom a hand-over is about. */
  readonly about?: string;
  /** When it comes back; with the state `snoozed` alone. */
  readonly until?: number;
}

/** A batch in which nothing has happened yet. */
export function emptyBatch(at: number): StreamBatch {
  return {
    at,
    heads: new Map(),
    senderCounts: new Map(),
    opened: new Set(),
    changed: new Set(),
    joined: new Map(),
    newSenders: [],
    messages: [],
    changes: [],
    events: [],
    replies: new Map(),
    routed: new Set(),
  };
}

/** Brings a conversation into a state: its row and one entry of its stream. */
export function change(batch: StreamBatch, head: StreamHead, kind: StateKind, to: StateChange): StreamOutcome {
  head.state = to.state;
  head.snoozedUntil = to.until ?? null;
  if (to.state === 'resolved') head.waitingSince = null;
  head.revision += 1;
  batch.changed.add(head);
  const outcome = { seq: null, revision: head.revision, at: batch.at };
  batch.changes.push([
    head.tenantId,
    head.conversationId,
    head.revision,
    null,
    head.subjectId,
    kind,
    to.memberId,
    null,
    null,
    null,
    batch.at,
    to.about ?? null,
    to.until ?? null,
  ]);
  const about = to.about === undefined ? {} : { memberId: to.about };
  const until = to.until === undefined ? {} : { until: to.until };
  batch.events.push({ head, kind, outcome, authorId: to.memberId, ...about, ...until });
  return outcome;
}

/** Whose turn it is: written only where it passes to the other side, so a message need not write its conversation. */
export function takeTurn(batch: StreamBatch, head: StreamHead, visitorWrote: boolean): void {
  if (visitorWrote === (head.waitingSince !== null)) return;
  head.waitingSince = visitorWrote ? batch.at : null;
  batch.changed.add(head);
}

/** A member who took or wrote stays a participant: the scope "participated" reads it. */
export function join(batch: StreamBatch, head: StreamHead, memberId: string): void {
  batch.joined.set(`${head.conversationId} ${memberId}`, { head, participant: memberId });
}

/** What a conversation is when nothing keeps it from being worked on. */
export function stateWhenOpen(head: StreamHead): ConversationState {
  return head.assigneeId === null ? 'queued' : 'open';
}
