import type { AgentItem, ConversationState, VisitorItem } from '@libs/contracts';
import { DATABASE, type Database } from '@libs/database';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { MEMBER_NAMES, type MemberNames } from '../stream/member-names.js';
import { isReadable } from '../stream/read-watch.js';
import { type AgentListener, isHidden, StreamEmitter, type VisitorListener } from '../stream/stream-emitter.js';
import { stateForVisitor } from '../stream/stream-head.js';
import type { StreamEvent } from '../stream/stream-items.js';
import { type StreamKey, StreamReader } from '../stream/stream-reader.js';
import type { RangeSource, StreamRange } from './stream-relay.js';

interface HeadRow {
  readonly subject_id: string;
  readonly assignee_id: string | null;
  readonly state: ConversationState;
}

/** An entry that is no message, without its text. */
interface Change {
  readonly kind: StreamEvent['kind'];
}

/** What is read for one range, before any of it is sent. */
interface Read {
  readonly head: HeadRow;
  readonly changes: readonly Change[];
  /** By role. */
  readonly agentItems: ReadonlyMap<string, readonly AgentItem[]>;
  readonly visitorItems: readonly VisitorItem[];
  readonly agentName: string | null;
}

/** What another process committed, from the rows, for the sockets of this one: all of a range is sent in one go. */
@Injectable()
export class StoredRange implements RangeSource {
  constructor(
    private readonly emitter: StreamEmitter,
    private readonly reader: StreamReader,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(MEMBER_NAMES) private readonly names: MemberNames,
  ) {}

  show(range: StreamRange): Promise<void> {
    const { tenantId, conversationId } = range;
    const context = { tenantId, actor: { kind: 'system', id: 'stream-relay' }, correlationId: conversationId } as const;
    return runInTenant(context, () => this.showInTenant(range));
  }

  private async showInTenant(range: StreamRange): Promise<void> {
    const { tenantId, conversationId } = range;
    if (!this.emitter.isHeard(tenantId, conversationId)) return;
    const head = await this.head(range);
    // Erased meanwhile.
    if (!head) return;
    const read = await this.read(range, head);
    const key = { tenantId, conversationId, subjectId: head.subject_id };
    for (const listener of this.emitter.agentsOf(conversationId, head.assignee_id)) sendToAgent(listener, key, read);
    for (const listener of this.emitter.visitorsOf(conversationId)) sendToVisitor(listener, read);
    if (range.after === 0 || head.assignee_id === null || read.changes.length > 0) {
      this.emitter.announceRow(tenantId, conversationId);
    }
  }

  private async read(range: StreamRange, head: HeadRow): Promise<Read> {
    const { tenantId, conversationId, after, upTo } = range;
    const key = { tenantId, conversationId, subjectId: head.subject_id };
    const changes = await this.changes(range);
    const roles = new Set([...this.emitter.agentsOf(conversationId, head.assignee_id)].map(({ role }) => role));
    const agentItems = new Map<string, readonly AgentItem[]>();
    for (const role of roles) {
      const { items } = await this.reader.forAgent(key, role, { after, limit: upTo - after });
      agentItems.set(
        role,
        items.filter(({ revision }) => revision <= upTo),
      );
    }
    const visitorItems = this.emitter.visitorsOf(conversationId).size > 0 ? await this.visible(key, range) : [];
    const { assignee_id: assignee } = head;
    const names = assignee === null ? undefined : await this.names.nameOf(tenantId, [assignee]);
    return { head, changes, agentItems, visitorItems, agentName: names?.get(assignee ?? '') ?? null };
  }

  private async visible(key: StreamKey, { after, upTo }: StreamRange): Promise<readonly VisitorItem[]> {
    const [from, to] = [await this.reader.seqUpTo(key, after), await this.reader.seqUpTo(key, upTo)];
    if (to <= from) return [];
    const { items } = await this.reader.forVisitor(key.tenantId, key, { after: from, limit: to - from });
    return items;
  }

  private async head({ tenantId, conversationId }: StreamRange): Promise<HeadRow | undefined> {
    const rows = await this.database.reader.all<HeadRow>(
      'SELECT subject_id, assignee_id, state FROM chat_conversation WHERE tenant_id = ? AND id = ?',
      [tenantId, conversationId],
    );
    return rows[0];
  }

  private async changes({ tenantId, conversationId, after, upTo }: StreamRange): Promise<readonly Change[]> {
    return this.database.reader.all<Change>(
      'SELECT kind FROM chat_change WHERE tenant_id = ? AND conversation_id = ? AND revision > ? AND revision <= ?',
      [tenantId, conversationId, after, upTo],
    );
  }
}

function sendToAgent(listener: AgentListener, key: StreamKey, { agentItems, changes }: Read): void {
  // Who came while the rows were read asked for them by sync.
  const items = agentItems.get(listener.role) ?? [];
  listener.cork();
  for (const item of items) {
    listener.emit('item', item);
    if (isReadable(item)) listener.reads.show(key, item.kind as 'message' | 'note', item.revision);
  }
  listener.uncork();
  if (changes.length > 0) listener.turned?.(key.conversationId);
}

function sendToVisitor(listener: VisitorListener, { visitorItems, changes, head, agentName }: Read): void {
  listener.cork();
  for (const item of visitorItems) listener.emit('item', item);
  if (changes.some(({ kind }) => !isHidden(kind))) {
    const state = stateForVisitor({ state: head.state, assigneeId: head.assignee_id });
    listener.emit('agent', { name: agentName, state });
  }
  listener.uncork();
}
