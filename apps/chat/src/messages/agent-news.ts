import type { ConversationAccess } from '@libs/contracts';
import { type Invalidation, InvalidationFeed } from '@libs/events';
import { LOG, type MemberPrincipal } from '@libs/http';
import type { Log } from '@libs/logging';
import { ConsentBook } from '@libs/privacy';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import type { Namespace, Socket } from 'socket.io';
import { type AttendedConversation, ConversationRepository } from '../conversations/conversation.repository.js';
import { mayRead, scopeOf } from '../conversations/read-scope.js';
import { StreamEmitter } from '../stream/stream-emitter.js';
import { AgentDoor, type AgentVisit } from './agent-door.js';
import { endSockets } from './open-sockets.js';

/** Rows of the list that a screen is likely to show; older ones follow when they are asked for again. */
const MOST_LISTED = 200;
/** Sockets asked about together: as many as a member usually may have, so that a slow answer keeps no other one waiting. */
const CHECKED_AT_ONCE = 20;

/** What the invalidation feed means to open sockets of members: some must end, some may read less or more than before. */
@Injectable()
export class AgentNews {
  constructor(
    private readonly feed: InvalidationFeed,
    private readonly conversations: ConversationRepository,
    private readonly consents: ConsentBook,
    private readonly emitter: StreamEmitter,
    private readonly door: AgentDoor,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Called once with the namespace of members. */
  attach(namespace: Namespace): void {
    this.feed.onStale(() => namespace.disconnectSockets(true));
    this.feed.onRow((row) => {
      // Only the first time: what was asked and told then is not asked and told for a minute.
      if (row.again) return;
      if (row.kind === 'session' || row.kind === 'role') void this.recheck(socketsOf(namespace, row));
      if (row.kind === 'availability') {
        for (const socket of membersOf(namespace, row.tenantId)) socket.emit('availability', { memberId: row.ref });
      }
      if (row.kind === 'routing') {
        // How many somebody takes may be otherwise for everybody.
        for (const socket of membersOf(namespace, row.tenantId)) {
          socket.emit('availability', { memberId: principalOf(socket)!.memberId });
        }
      }
      // A setting may ask more of whoever is connected.
      if (row.kind === 'setting') void this.recheck(membersOf(namespace, row.tenantId));
      if (row.kind === 'key') {
        // Rows may be gone before this is read, so it names the person, by a pseudonym that means nothing any more.
        for (const socket of membersOf(namespace, row.tenantId)) socket.emit('erased', { subjectId: row.ref });
      }
      if (row.kind === 'consent') this.telling(namespace, row, () => this.decided(namespace, row));
      if (row.kind === 'canned') for (const one of concerned(namespace, row)) one.emit('canned', {});
      if (row.kind === 'mention') for (const one of concerned(namespace, row)) one.emit('mention', {});
      if (row.kind === 'register') this.telling(namespace, row, () => this.instructed(namespace, row));
    });
  }

  /** Sockets whose member is not who was let in any more now end. */
  private async recheck(sockets: readonly Socket[]): Promise<void> {
    // Sessions are forgotten in the turn that tells us, by a listener that may come after this one.
    await Promise.resolve();
    for (let at = 0; at < sockets.length; at += CHECKED_AT_ONCE) {
      const some = sockets.slice(at, at + CHECKED_AT_ONCE);
      await Promise.all(some.map((socket) => this.door.confirm(socket, principalOf(socket)!)));
    }
  }

  private telling(namespace: Namespace, { tenantId, ref }: Invalidation, tell: () => Promise<void>): void {
    if (membersOf(namespace, tenantId).length === 0) return;
    const actor = { kind: 'system', id: 'agent-news' } as const;
    runInTenant({ tenantId, actor, correlationId: ref }, tell).catch((error: unknown) => {
      this.log.error('chat.access-untold', { err: error });
      // Who comes back looks at everything again.
      endSockets(membersOf(namespace, tenantId));
    });
  }

  /** Somebody decided something: tells who may read a conversation of theirs whether there is still something to read. */
  private async decided(namespace: Namespace, { tenantId, ref }: Invalidation): Promise<void> {
    const people = await this.consents.withLinked(tenantId, ref);
    for (const one of await this.conversations.ofSubjects(people)) await this.tell(namespace, tenantId, one, false);
  }

  /** The instructions changed: what members have before them is readable no longer, or again, or by other roles. */
  private async instructed(namespace: Namespace, { tenantId }: Invalidation): Promise<void> {
    const conversations = await this.conversations.onScreens(MOST_LISTED, this.emitter.watched);
    const people = conversations.map(({ subjectId }) => subjectId);
    await this.consents.load(tenantId, people);
    for (const one of conversations) await this.tell(namespace, tenantId, one, true);
  }

  /** Sends as soon as the rule is known: of two decisions in a row the later one is told last. */
  private async tell(
    namespace: Namespace,
    tenantId: string,
    { id, subjectId, assigneeId, participants }: AttendedConversation,
    withRow: boolean,
  ): Promise<void> {
    const consents = await this.consents.settled(tenantId, [subjectId]);
    const ground = consents.ground('support-conversation', 'chat.message', subjectId);
    const packet: ConversationAccess = { conversationId: id, withheld: ground.allowed ? null : ground.reason };
    for (const socket of membersOf(namespace, tenantId)) {
      const scope = scopeOf(principalOf(socket)!);
      if (!mayRead(scope, { assigneeId, joined: participants.has(scope.memberId) })) continue;
      socket.emit('access', packet);
      // What the role sees of it may have changed as well, and of that the packet says nothing.
      if (withRow) socket.emit('conversation', { conversationId: id });
    }
  }
}

function principalOf({ data }: Socket): MemberPrincipal | undefined {
  return (data as Partial<AgentVisit>).principal;
}

function membersOf(namespace: Namespace, tenantId: string): readonly Socket[] {
  return [...namespace.sockets.values()].filter((socket) => principalOf(socket)?.tenantId === tenantId);
}

/** Sockets of the member that a row names; of all members where it names the tenant. */
function concerned(namespace: Namespace, { tenantId, ref }: Invalidation): readonly Socket[] {
  const all = membersOf(namespace, tenantId);
  return ref === tenantId ? all : all.filter((socket) => principalOf(socket)!.memberId === ref);
}

/** Sockets of a session or member whose rights may have changed (peers C6). `ref` is either id. */
function socketsOf(namespace: Namespace, { tenantId, ref }: Invalidation): readonly Socket[] {
  return membersOf(namespace, tenantId).filter((socket) => {
    const { sessionId, memberId } = principalOf(socket)!;
    return sessionId === ref || memberId === ref;
  });
}
