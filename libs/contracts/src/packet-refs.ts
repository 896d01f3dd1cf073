import type { AgentClientPackets } from './agent-protocol.js';
import type { WidgetClientPackets } from './widget-protocol.js';

/** Keys of a packet that look like an id. */
type IdKey<P> = Extract<keyof P, 'id' | `${string}Id` | `${string}Ids`>;

/**
 * For each packet of a protocol the resource that each of its ids names. An id that is not named here, and a packet that
 * is not listed, fail the type check: the matrix of wall tests is generated from these tables (design 4.5).
 */
export type PacketRefs<Packets> = {
  readonly [Name in keyof Packets]: Packets[Name] extends (packet: infer P, ...ack: never[]) => void
    ? { readonly [Key in IdKey<P>]: string }
    : never;
};

/** A visitor names nothing by id: the token says whose conversation it is. */
export const WIDGET_PACKET_REFS: PacketRefs<WidgetClientPackets> = {
  'message:send': {},
  sync: {},
  typing: {},
  cursor: {},
};

/** Ids in the packets of an agent's client. */
export const AGENT_PACKET_REFS: PacketRefs<AgentClientPackets> = {
  'conversation:watch': { conversationId: 'conversation' },
  'conversation:unwatch': { conversationId: 'conversation' },
  'message:send': { conversationId: 'conversation' },
  'note:add': { conversationId: 'conversation', memberIds: 'member' },
  sync: { conversationId: 'conversation' },
  typing: { conversationId: 'conversation' },
  cursor: { conversationId: 'conversation' },
};
