import { AGENT_NAMESPACE, type AgentServerPackets } from '@libs/contracts';
import { LOG } from '@libs/http';
import { newId } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { runInTenant } from '@libs/tenancy';
import { Inject } from '@nestjs/common';
import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { Namespace, Socket } from 'socket.io';
import { ConversationReads } from '../conversations/conversation-reads.js';
import { scopeOf } from '../conversations/read-scope.js';
import { PresenceService } from '../presence/presence.service.js';
import { StreamEmitter } from '../stream/stream-emitter.js';
import { AgentDesk } from './agent-desk.js';
import { AgentDoor, type AgentVisit } from './agent-door.js';
import { AgentNews } from './agent-news.js';
import { type AgentLine, agentPackets } from './agent-packets.js';
import { bindPackets, type PacketRules, refusal } from './packet-door.js';
import { SocketListener } from './socket-listener.js';

/** The agent's socket. The session cookie authenticates; every packet is checked against the read scope. */
@WebSocketGateway({ namespace: AGENT_NAMESPACE })
export class AgentGateway implements OnGatewayInit<Namespace> {
  private readonly rules: PacketRules<AgentLine>;

  constructor(
    private readonly reads: ConversationReads,
    private readonly presence: PresenceService,
    private readonly emitter: StreamEmitter,
    private readonly news: AgentNews,
    private readonly door: AgentDoor,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.rules = agentPackets({ conversations: reads.conversations, reads });
  }

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
    const context = { tenantId, actor: { kind: 'member', id: memberId }, correlationId: asker.correlationId } as const;
    const listener = Object.assign(new SocketListener<AgentServerPackets>(socket), {
      ...{ memberId, role, reads: this.reads.live(asker) },
      turned: (conversationId: string) => runInTenant(context, () => desk.turned(conversationId)),
    });
    const desk: AgentDesk = new AgentDesk(
      asker,
      listener,
      this.reads.conversations,
      this.emitter,
      this.presence,
      this.door.looks,
    );
    const leave = this.emitter.addMember(tenantId, memberId, listener);
    const exit = this.door.enter(socket, principal);
    void this.door.confirm(socket, principal);
    const take: AgentLine['take'] = (use, handle) => {
      this.door.take(visit, use);
      return runInTenant(context, handle);
    };
    bindPackets(socket, this.rules, { asker, principal, desk, take }, this.log);
    socket.on('disconnect', () => {
      leave();
      desk.leave();
      exit();
    });
  }
}
