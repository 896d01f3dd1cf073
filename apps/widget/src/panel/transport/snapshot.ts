import type { DeliveryCursor, VisitorItem, VisitorSent } from '@libs/contracts';
import type { AgentPacket } from './link.js';
import type { OutboxEntry } from './outbox.js';

export type DeliveryState = 'received' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

export interface ShownMessage {
  readonly key: string;
  readonly from: 'visitor' | 'agent';
  readonly name?: string;
  readonly text: string;
  readonly at: number;
  readonly state: DeliveryState;
  /** Of a failed one: why, where the server said so. */
  readonly code?: string;
}

export interface ChatSnapshot {
  readonly messages: readonly ShownMessage[];
  readonly line: 'connecting' | 'up' | 'fallback' | 'down';
  readonly agent: AgentPacket | null;
  readonly agentTyping: boolean;
  /** In the queue, 1 = next; null = not told. */
  readonly place: number | null;
  /** Somebody of the business looks on besides the agent. */
  readonly watched: boolean;
  readonly readUpTo: number;
  readonly unread: number;
}

/** The stream, then what the server does not have yet, in the order it was written. */
export function shownMessages(
  items: readonly VisitorItem[],
  outbox: readonly OutboxEntry[],
  agentCursor: DeliveryCursor,
  keys: ReadonlyMap<number, string>,
): readonly ShownMessage[] {
  return [
    ...items.map((item) => fromStream(item, agentCursor, keys.get(item.seq) ?? `s${item.seq}`)),
    ...outbox.map(fromOutbox),
  ];
}

/** An accepted message as the stream brings it to others. */
export function ownItem({ text, number }: OutboxEntry, { seq, at }: VisitorSent, sender: string): VisitorItem {
  return { seq, kind: 'message', from: 'visitor', text, at, sender, ...(number === undefined ? {} : { number }) };
}

export function unreadAfter(items: readonly VisitorItem[], readUpTo: number): number {
  return items.filter((item) => item.from === 'agent' && item.seq > readUpTo).length;
}

function fromStream(item: VisitorItem, agentCursor: DeliveryCursor, key: string): ShownMessage {
  const { from, text, at, name } = item;
  return {
    key,
    from,
    text,
    at,
    ...(name ? { name } : {}),
    state: from === 'agent' ? 'received' : reached(item.seq, agentCursor),
  };
}

function reached(seq: number, cursor: DeliveryCursor): DeliveryState {
  if (seq <= cursor.read) return 'read';
  return seq <= cursor.delivered ? 'delivered' : 'sent';
}

function fromOutbox(entry: OutboxEntry): ShownMessage {
  const state = entry.state === 'waiting' ? 'sending' : entry.state === 'accepted' ? 'sent' : 'failed';
  return {
    key: entry.key,
    from: 'visitor',
    text: entry.text,
    at: entry.at,
    state,
    ...(entry.code ? { code: entry.code } : {}),
  };
}
