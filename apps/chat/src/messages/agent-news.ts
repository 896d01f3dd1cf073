import type { ConversationAccess } from '@libs/contracts';
import { type Invalidation, InvalidationFeed } from '@libs/events';
import { LOG, type MemberPrincipal } from '@libs/http';
import type { Log } from '@libs/logging';
import { ConsentBook, PersonalGate } from '@libs/privacy';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import type { Namespace, Socket } from 'socket.io';
import { type AttendedConversation, ConversationRepository } from '../conversations/conversation.repository.js';
import { mayRead, scopeOf } from '../conversations/read-scope.js';
import type { AgentVisit } from './agent-door.js';
import { endSockets } from './open-sockets.js';

/** What the invalidation feed means to open sockets of members: some must end, some may read less or more than before. */
@Injectable()
export class AgentNews {
  constructor(
    private readonly feed: InvalidationFeed,
    private readonly conversations: ConversationRepository,
    private readonly consents: ConsentBook,
    private readonly gate: PersonalGate,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Called once with the namespace of members. */
  attach(namespace: Namespace): void {
    this.feed.onStale(() => namespace.disconnectSockets(true));
    this.feed.onRow((row) => {
      // Only the first time: the same member may have signed in again since, and what was decided was told.
      if (row.again) return;
      if (row.kind === 'session' || row.kind === 'role') endOf(namespace, row);
      if (row.kind === 'consent') {
        this.decided(namespace, row).catch((error: unknown) => {
          this.log.error('chat.access-untold', { err: error });
          // Who comes back looks at everything again.
          endSockets(membersOf(namespace, row.tenantId));
        });
      }
    });
  }

  /** Somebody decided something: tells who may read a conversation of theirs whether there is still something to read. */
  private decided(namespace: Namespace, { tenantId, ref }: Invalidation): Promise<void> {
    const actor = { kind: 'system', id: 'agent-news' } as const;
    return runInTenant({ tenantId, actor, correlationId: ref }, async () => {
      if (membersOf(namespace, tenantId).length === 0) return;
      const people = await this.consents.withLinked(tenantId, ref);
      for (const conversation of await this.conversations.ofSubjects(people)) {
        await this.tell(namespace, tenantId, conversation);
      }
    });
  }

  /** Sends as soon as the rule is known: of two decisions in a row the later one is told last. */
  private async tell(namespace: Namespace, tenantId: string, conversation: AttendedConversation): Promise<void> {
    const { id, subjectId, assigneeId, participants } = conversation;
    const grounds = await this.gate.grounds(tenantId, 'support-conversation', subjectId, ['chat.message']);
    const ground = grounds.get('chat.message')!;
    const packet: ConversationAccess = { conversationId: id, withheld: ground.allowed ? null : ground.reason };
    for (const socket of membersOf(namespace, tenantId)) {
      const scope = scopeOf(principalOf(socket)!);
      if (mayRead(scope, { assigneeId, joined: participants.has(scope.memberId) })) socket.emit('access', packet);
    }
  }
}

function principalOf({ data }: Socket): MemberPrincipal | undefined {
  return (data as Partial<AgentVisit>).principal;
}

function membersOf(namespace: Namespace, tenantId: string): readonly Socket[] {
  return [...namespace.sockets.values()].filter((socket) => principalOf(socket)?.tenantId === tenantId);
}

/** Closes the sockets of a session or member whose rights changed (peers C6). `ref` is either id. */
function endOf(namespace: Namespace, { tenantId, ref }: Invalidation): void {
  const theirs = membersOf(namespace, tenantId).filter((socket) => {
    const { sessionId, memberId } = principalOf(socket)!;
    return sessionId === ref || memberId === ref;
  });
  endSockets(theirs, 'account.session-revoked');
}
