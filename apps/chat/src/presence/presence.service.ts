import type { ConversationState, DeliveryCursor } from '@libs/contracts';
import { DATABASE, type Database, UnitOfWork } from '@libs/database';
import { WAKE_UP, type Wake, type WakeUp } from '@libs/events';
import { LOG } from '@libs/http';
import type { Log } from '@libs/logging';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { MEMBER_NAMES, type MemberNames } from '../stream/member-names.js';
import { StreamEmitter, type VisitorListener } from '../stream/stream-emitter.js';
import { stateForVisitor } from '../stream/stream-head.js';
import type { VisitorSession } from '../widget-sessions/visitor-session.js';
import { writeCursors } from './cursor.repository.js';
import { CursorKeeper } from './cursor-keeper.js';

/** A conversation with who answers it, as far as presence needs. */
export interface Attended {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly assigneeId: string | null;
}

type Place = Pick<Attended, 'tenantId' | 'conversationId'>;

interface Typing extends Place {
  readonly typing: boolean;
}

interface AttendedRow {
  readonly assignee_id: string | null;
  readonly state: ConversationState;
  readonly seq: number | string | null;
}

/** Who answers a conversation, and its state, as its visitor is told. */
interface Standing {
  readonly assigneeId: string | null;
  readonly name: string | null;
  readonly state: ReturnType<typeof stateForVisitor>;
}

/** Typing lives in memory only; cursors are kept by the `CursorKeeper`. */
@Injectable()
export class PresenceService implements OnApplicationShutdown {
  private readonly cursors: CursorKeeper;

  constructor(
    private readonly emitter: StreamEmitter,
    work: UnitOfWork,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(MEMBER_NAMES) private readonly names: MemberNames,
    @Inject(LOG) private readonly log: Log,
    @Inject(WAKE_UP) private readonly wakeUp: WakeUp,
  ) {
    this.cursors = new CursorKeeper(
      (cursors) => work.upkeep((tx) => writeCursors(tx, cursors), new Set(cursors.map(({ tenantId }) => tenantId))),
      (error) => log.warn('chat.cursors-not-kept', { err: error }),
    );
    wakeUp.onWake((wake) => this.woken(wake));
  }

  /** The visitor types or has stopped: told to whoever follows the conversation. */
  async visitorTypes({ inbox, visitor }: VisitorSession, typing: boolean): Promise<object> {
    if (!visitor) return {};
    const { conversationId } = visitor;
    const { tenantId } = inbox;
    this.wakeUp.tell({ kind: 'typing', tenantId, conversationId, memberId: null, typing });
    await this.showVisitorTyping({ tenantId, conversationId, typing });
    return {};
  }

  private async showVisitorTyping({ tenantId, conversationId, typing }: Typing): Promise<void> {
    if (!this.emitter.hasMembers(tenantId)) return;
    const assigneeId = await this.assigneeOf(tenantId, conversationId);
    for (const listener of this.emitter.agentsOf(conversationId, assigneeId)) {
      listener.emit('typing', { conversationId, typing, name: null });
    }
  }

  async visitorRead({ inbox, visitor }: VisitorSession, cursor: DeliveryCursor): Promise<object> {
    if (!visitor) return {};
    const { conversationId } = visitor;
    const { tenantId } = inbox;
    this.cursors.keep({ tenantId, conversationId, participant: 'visitor', ...cursor });
    this.wakeUp.tell({ kind: 'cursor', tenantId, conversationId, memberId: null, ...numbersOf(cursor) });
    await this.showVisitorCursor({ tenantId, conversationId }, cursor);
    return {};
  }

  private async showVisitorCursor({ tenantId, conversationId }: Place, cursor: DeliveryCursor): Promise<void> {
    if (!this.emitter.hasMembers(tenantId)) return;
    const row = await this.conversation(tenantId, conversationId);
    if (!row) return;
    // Nobody has received more than there is.
    const last = Number(row.seq ?? 0);
    const [delivered, read] = [Math.min(cursor.delivered, last), Math.min(cursor.read, last)];
    for (const listener of this.emitter.agentsOf(conversationId, row.assignee_id)) {
      listener.emit('cursor', { conversationId, delivered, read });
    }
  }

  /** A colleague learns who types. The name is never null: that would mean the visitor. */
  async agentTypes(
    { tenantId, conversationId, assigneeId }: Attended,
    memberId: string,
    typing: boolean,
  ): Promise<void> {
    this.wakeUp.tell({ kind: 'typing', tenantId, conversationId, memberId, typing });
    await this.showAgentTyping({ tenantId, conversationId, typing }, assigneeId, memberId);
  }

  private async showAgentTyping(
    { tenantId, conversationId, typing }: Typing,
    assigneeId: string | null,
    memberId: string,
  ): Promise<void> {
    for (const listener of this.emitter.visitorsOf(conversationId)) listener.emit('typing', { typing });
    // Their own other pages are no colleagues.
    const colleagues = [...this.emitter.agentsOf(conversationId, assigneeId)].filter(
      (one) => one.memberId !== memberId,
    );
    if (colleagues.length === 0) return;
    const name = (await this.names.nameOf(tenantId, [memberId])).get(memberId) ?? '';
    for (const listener of colleagues) listener.emit('typing', { conversationId, typing, name });
  }

  /** Tells everybody who has a conversation open who else has it open; in memory only. */
  viewersChanged(tenantId: string, conversationId: string): void {
    this.tellViewers(tenantId, conversationId).catch((error: unknown) => {
      this.log.warn('chat.viewers-untold', { err: error });
    });
  }

  private async tellViewers(tenantId: string, conversationId: string): Promise<void> {
    const ids = () => [...new Set([...this.emitter.watchersOf(conversationId)].map(({ memberId }) => memberId))];
    if (ids().length === 0) return;
    const names = await this.names.nameOf(tenantId, ids());
    // Whoever came or went meanwhile causes the next news; this one is already about them.
    const viewers = ids().map((id) => ({ id, name: names.get(id) ?? null }));
    for (const listener of this.emitter.watchersOf(conversationId)) {
      listener.emit('viewers', { conversationId, viewers: viewers.filter(({ id }) => id !== listener.memberId) });
    }
  }

  agentRead({ tenantId, conversationId }: Attended, memberId: string, cursor: DeliveryCursor): void {
    this.cursors.keep({ tenantId, conversationId, participant: memberId, ...cursor });
    this.wakeUp.tell({ kind: 'cursor', tenantId, conversationId, memberId, ...numbersOf(cursor) });
    for (const listener of this.emitter.visitorsOf(conversationId)) listener.emit('cursor', cursor);
  }

  /** What was told to another process concerns the sockets of this one. */
  private woken(wake: Wake): void {
    if (wake.kind !== 'typing' && wake.kind !== 'cursor') return;
    if (!this.emitter.isHeard(wake.tenantId, wake.conversationId)) return;
    const shown = wake.kind === 'typing' ? this.showTyping(wake) : this.showCursor(wake);
    shown.catch((error: unknown) => this.log.warn('chat.sign-untold', { err: error }));
  }

  private async showTyping(wake: Extract<Wake, { kind: 'typing' }>): Promise<void> {
    if (wake.memberId === null) return this.showVisitorTyping(wake);
    const assigneeId = await this.assigneeOf(wake.tenantId, wake.conversationId);
    return this.showAgentTyping(wake, assigneeId, wake.memberId);
  }

  private async showCursor(wake: Extract<Wake, { kind: 'cursor' }>): Promise<void> {
    const { conversationId, memberId } = wake;
    const cursor = numbersOf(wake);
    if (memberId === null) return this.showVisitorCursor(wake, cursor);
    for (const listener of this.emitter.visitorsOf(conversationId)) listener.emit('cursor', cursor);
  }

  /**
   * Tells a returning visitor who answers now. What was read may be overtaken by news on its way to the same socket, and
   * would then stand there as the last word: it is read again until that says what was told.
   */
  async greet({ inbox, visitor }: VisitorSession, listener: VisitorListener): Promise<void> {
    if (!visitor) return;
    let told: Standing | undefined;
    for (;;) {
      const now = await this.standing(inbox.tenantId, visitor.conversationId);
      if (!now || (told?.state === now.state && told.assigneeId === now.assigneeId)) return;
      const { name, state } = now;
      listener.emit('agent', { name, state });
      told = now;
    }
  }

  private async standing(tenantId: string, conversationId: string): Promise<Standing | undefined> {
    const row = await this.conversation(tenantId, conversationId);
    if (!row) return undefined;
    const { assignee_id: assigneeId } = row;
    const names = assigneeId === null ? undefined : await this.names.nameOf(tenantId, [assigneeId]);
    return {
      ...{ assigneeId, name: names?.get(assigneeId ?? '') ?? null },
      state: stateForVisitor({ state: row.state, assigneeId }),
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.cursors.close();
  }

  private async assigneeOf(tenantId: string, conversationId: string): Promise<string | null> {
    return (await this.conversation(tenantId, conversationId))?.assignee_id ?? null;
  }

  private async conversation(tenantId: string, conversationId: string): Promise<AttendedRow | undefined> {
    const context = { tenantId, actor: { kind: 'system', id: 'presence' }, correlationId: conversationId } as const;
    const rows = await runInTenant(context, async () =>
      this.database.reader.all<AttendedRow>(
        'SELECT c.assignee_id, c.state, (SELECT MAX(m.seq) FROM chat_message m WHERE m.tenant_id = ? AND ' +
          'm.conversation_id = c.id) AS seq FROM chat_conversation c WHERE c.tenant_id = ? AND c.id = ?',
        [tenantId, tenantId, conversationId],
      ),
    );
    return rows[0];
  }
}

/** The two numbers, and nothing else that came along. */
function numbersOf({ delivered, read }: DeliveryCursor): DeliveryCursor {
  return { delivered, read };
}
