import type { AgentSend, AgentSync, ConversationRef, DeliveryCursor } from '@libs/contracts';
import { type MemberPrincipal, requirePermission } from '@libs/http';
import { isId } from '@libs/kernel';
import type { Asker, ConversationService } from '../conversations/conversation.service.js';
import type { ConversationReads } from '../conversations/conversation-reads.js';
import type { AgentDesk } from './agent-desk.js';
import { isBoolean, isNumber, isString, optional, type PacketRules } from './packet-door.js';

/** Typing signs and cursors of one socket, over all the conversations it has open. */
const SIGNS_PER_SECOND = 50;

const SEND = { conversationId: isId, sender: isString, number: isNumber, text: isString } as const;
const REPLY = { ...SEND, seen: optional(isNumber) } as const;
const isIds = (value: unknown): boolean => Array.isArray(value) && value.length <= 200 && value.every(isId);
const NOTE = { ...SEND, memberIds: optional(isIds) } as const;

/** One agent's socket, as its packets need it. */
export interface AgentLine {
  readonly asker: Asker;
  readonly principal: MemberPrincipal;
  readonly desk: AgentDesk;
  /** Counts a packet and handles it in the name of the member. `use`: they did something to send it. */
  take(use: boolean, handle: () => Promise<object>): Promise<object>;
}

/** What answers them. */
export interface AgentPorts {
  readonly conversations: ConversationService;
  readonly reads: ConversationReads;
}

/** Every packet that an agent may send. */
export function agentPackets({ conversations, reads }: AgentPorts): PacketRules<AgentLine> {
  return { ...writingPackets(conversations), ...followingPackets(reads), ...SIGN_PACKETS };
}

type Handle<P> = (line: AgentLine, packet: P) => Promise<object>;

/** A packet that a member does something to send; `looks` for those that a console sends by itself. */
const acts =
  <P>(handle: Handle<P>): Handle<P> =>
  (line, packet) =>
    line.take(true, () => handle(line, packet));
const looks =
  <P>(handle: Handle<P>): Handle<P> =>
  (line, packet) =>
    line.take(false, () => handle(line, packet));

function writingPackets(conversations: ConversationService): PacketRules<AgentLine> {
  const write = (op: 'message' | 'note') =>
    acts(async ({ asker, principal }, packet: AgentSend) => {
      requirePermission(principal, 'conversations:reply');
      return conversations.send(asker, op, packet);
    });
  return {
    'message:send': { shape: REPLY, answered: true, handle: write('message') },
    'note:add': { shape: NOTE, answered: true, handle: write('note') },
  };
}

function followingPackets(reads: ConversationReads): PacketRules<AgentLine> {
  return {
    'conversation:watch': {
      shape: { conversationId: isId },
      answered: true,
      handle: acts(({ desk }, { conversationId }: ConversationRef) => desk.watch(conversationId)),
    },
    'conversation:unwatch': {
      shape: { conversationId: isId },
      handle: acts(async ({ desk }, { conversationId }: ConversationRef) => desk.unwatch(conversationId)),
    },
    sync: {
      shape: { conversationId: isId, after: isNumber, limit: optional(isNumber) },
      answered: true,
      handle: looks(({ asker }, packet: AgentSync) => reads.sync(asker, packet)),
    },
  };
}

const SIGN_PACKETS: PacketRules<AgentLine> = {
  typing: {
    shape: { conversationId: isId, typing: isBoolean },
    perSecond: SIGNS_PER_SECOND,
    handle: acts(({ desk }, { conversationId, typing }: ConversationRef & { typing: boolean }) =>
      desk.type(conversationId, typing),
    ),
  },
  cursor: {
    shape: { conversationId: isId, delivered: isNumber, read: isNumber },
    perSecond: SIGNS_PER_SECOND,
    handle: looks(({ desk }, packet: ConversationRef & DeliveryCursor) => desk.read(packet.conversationId, packet)),
  },
};
