import type { AgentSend, AgentSync, ConversationRef, DeliveryCursor } from '@libs/contracts';
import { type MemberPrincipal, requirePermission } from '@libs/http';
import { isId } from '@libs/kernel';
import type { Asker, ConversationService } from '../conversations/conversation.service.js';
import type { ConversationReads } from '../conversations/conversation-reads.js';
import type { AgentDesk } from './agent-desk.js';
import { isBoolean, isNumber, isString, optional, type PacketRule } from './packet-door.js';

/** Typing signs and cursors of one socket, over all the conversations it has open. */
const SIGNS_PER_SECOND = 50;

const SEND = { conversationId: isId, sender: isString, number: isNumber, text: isString } as const;
const REPLY = { ...SEND, seen: optional(isNumber) } as const;
const isIds = (value: unknown): boolean => Array.isArray(value) && value.length <= 200 && value.every(isId);
const NOTE = { ...SEND, memberIds: optional(isIds) } as const;

/** Counts a packet and handles it in the name of the member; `use: false` where the member did nothing to send it. */
export type Within = <P>(
  handle: (packet: P) => Promise<object>,
  options?: { readonly use?: boolean },
) => (packet: P) => Promise<object>;

/** One agent's socket, as its packets need it. */
export interface AgentLine {
  readonly asker: Asker;
  readonly principal: MemberPrincipal;
  readonly desk: AgentDesk;
  readonly conversations: ConversationService;
  readonly reads: ConversationReads;
  readonly within: Within;
}

/** Every packet that an agent may send. */
export function agentPackets(line: AgentLine): Readonly<Record<string, PacketRule>> {
  return { ...writingPackets(line), ...followingPackets(line), ...signPackets(line) };
}

function writingPackets({ asker, principal, conversations, within }: AgentLine): Record<string, PacketRule> {
  const write = (op: 'message' | 'note') =>
    within(async (packet: AgentSend) => {
      requirePermission(principal, 'conversations:reply');
      return conversations.send(asker, op, packet);
    });
  return {
    'message:send': { shape: REPLY, answered: true, handle: write('message') },
    'note:add': { shape: NOTE, answered: true, handle: write('note') },
  };
}

function followingPackets({ asker, desk, reads, within }: AgentLine): Record<string, PacketRule> {
  return {
    'conversation:watch': {
      shape: { conversationId: isId },
      answered: true,
      handle: within((packet: ConversationRef) => desk.watch(packet.conversationId)),
    },
    'conversation:unwatch': {
      shape: { conversationId: isId },
      handle: within(async (packet: ConversationRef) => desk.unwatch(packet.conversationId)),
    },
    sync: {
      shape: { conversationId: isId, after: isNumber, limit: optional(isNumber) },
      answered: true,
      handle: within((packet: AgentSync) => reads.sync(asker, packet), { use: false }),
    },
  };
}

function signPackets({ desk, within }: AgentLine): Record<string, PacketRule> {
  return {
    typing: {
      shape: { conversationId: isId, typing: isBoolean },
      perSecond: SIGNS_PER_SECOND,
      handle: within((packet: ConversationRef & { typing: boolean }) =>
        desk.type(packet.conversationId, packet.typing),
      ),
    },
    cursor: {
      shape: { conversationId: isId, delivered: isNumber, read: isNumber },
      perSecond: SIGNS_PER_SECOND,
      handle: within((packet: ConversationRef & DeliveryCursor) => desk.read(packet.conversationId, packet), {
        use: false,
      }),
    },
  };
}
