import {
  AGENT_NAMESPACE,
  type AgentSend,
  type AgentServerPackets,
  type AgentSync,
  type ConversationRef,
  type DeliveryCursor,
} from '@libs/contracts';
import { LOG } from '@libs/http';
import { isId, newId } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { runInTenant } from '@libs/tenancy';
import { Inject } from '@nestjs/common';
import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { Namespace, Socket } from 'socket.io';
import { ConversationService } from '../conversations/conversation.service.js';
import { scopeOf } from '../conversations/read-scope.js';
import { PresenceService } from '../presence/presence.service.js';
import { StreamEmitter } from '../stream/stream-emitter.js';
import { AgentDesk } from './agent-desk.js';
import { AgentDoor, type AgentVisit, requirePermission } from './agent-door.js';
import { AgentNews } from './agent-news.js';
import { bindPackets, isBoolean, isNumber, isString, optional, type PacketRule, refusal } from './packet-door.js';
import { listenerOf } from './socket-listener.js';

/** Typing signs and cursors of one socket, over all the conversations it has open. */
const SIGNS_PER_SECOND = 50;

const SEND = { conversationId: isId, sender: isString, number: isNumber, text: isString } as const;

/** The agent's socket. The session cookie authenticates; every packet is checked against the read scope. */
@WebSocketGateway({ namespace: AGENT_NAMESPACE })
export class AgentGateway implements OnGatewayInit<Namespace> {
  constructor(
    private readonly conversations: ConversationService,
    private readonly presence: PresenceService,
    private readonly emitter: StreamEmitter,
    private readonly news: AgentNews,
    private readonly door: AgentDoor,
    @Inject(LOG) private readonly log: Log,
  ) {}

  afterInit(namespace: Namespace): void {
    namespace.use((socket, next) => {
      this.door.admit(socket).then(
        (visit) => {
          Object.assign(socket.data as Partial<AgentVisit>, visit);
          next();
        },
        (error: unknown) => next(Object.assign(new Error('refused'), { data: refusal(error, this.log) })),
      );
    });
    namespace.on('connection', (socket) => this.serve(socket));
    this.news.attach(namespace);
  }

  private serve(socket: Socket): void {
    const visit = socket.data as AgentVisit;
    const { principal } = visit;
    const { tenantId, memberId, role } = principal;
    const asker = { tenantId, memberId, role, scope: scopeOf(principal), correlationId: newId() };
    const listener = { ...listenerOf<AgentServerPackets>(socket), role, reads: this.conversations.live(asker) };
    const desk = new AgentDesk(asker, listener, this.conversations, this.emitter, this.presence);
    const leave = this.emitter.addMember(tenantId, memberId, listener);
    const exit = this.door.enter(socket, principal);
    const context = { tenantId, actor: { kind: 'member', id: memberId }, correlationId: asker.correlationId } as const;
    const within =
      <P>(handle: (packet: P) => Promise<object>, { use = true } = {}) =>
      (packet: P) => {
        this.door.take(visit, use);
        return runInTenant(context, () => handle(packet));
      };
    const write = (op: 'message' | 'note') =>
      within(async (packet: AgentSend) => {
        requirePermission(principal, 'conversations:reply');
        return this.conversations.send(asker, op, packet);
      });
    const rules: Record<string, PacketRule> = {
      'conversation:watch': {
        shape: { conversationId: isId },
        answered: true,
        handle: within((packet: ConversationRef) => desk.watch(packet.conversationId)),
      },
      'conversation:unwatch': {
        shape: { conversationId: isId },
        handle: within(async (packet: ConversationRef) => desk.unwatch(packet.conversationId)),
      },
      'message:send': {
        shape: SEND,
        answered: true,
        handle: write('message'),
      },
      'note:add': {
        shape: SEND,
        answered: true,
        handle: write('note'),
      },
      sync: {
        shape: { conversationId: isId, after: isNumber, limit: optional(isNumber) },
        answered: true,
        handle: within((packet: AgentSync) => this.conversations.sync(asker, packet), { use: false }),
      },
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
    bindPackets(socket, rules, this.log);
    socket.on('disconnect', () => {
      leave();
      desk.leave();
      exit();
    });
  }
}
