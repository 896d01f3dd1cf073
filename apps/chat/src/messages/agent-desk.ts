import type { DeliveryCursor } from '@libs/contracts';
import type { Asker, ConversationService } from '../conversations/conversation.service.js';
import { isLiveView } from '../live-view/live-view.rule.js';
import type { LiveViews, Look } from '../live-view/live-views.js';
import type { PresenceService } from '../presence/presence.service.js';
import type { LiveReads } from '../stream/read-watch.js';
import type { AgentListener, StreamEmitter } from '../stream/stream-emitter.js';

/** Open conversations that one agent's socket follows at once. */
const MOST_WATCHED = 50;

/** What one agent's socket has open: conversations it may read, checked once when it starts to watch. */
export class AgentDesk {
  private readonly watching = new Map<string, () => void>();
  /** Looks into colleagues' work that are still going on. */
  private readonly looks = new Map<string, Look>();
  /** Those that are being opened, and by which packet: of two, the later one counts. */
  private readonly wishes = new Map<string, symbol>();
  private turning = Promise.resolve();
  private left = false;

  constructor(
    private readonly asker: Asker,
    private readonly listener: AgentListener & { readonly reads: LiveReads },
    private readonly conversations: ConversationService,
    private readonly emitter: StreamEmitter,
    private readonly presence: PresenceService,
    private readonly liveViews: LiveViews,
  ) {}

  /** Follows a conversation live; the oldest is let go beyond the bound. What is closed or opened anew meanwhile is not. */
  async watch(conversationId: string): Promise<{ seq: number; revision: number }> {
    const wish = Symbol();
    const isWanted = (): boolean => this.wishes.get(conversationId) === wish;
    this.wishes.set(conversationId, wish);
    try {
      return await this.follow(conversationId, isWanted);
    } finally {
      if (isWanted()) this.wishes.delete(conversationId);
    }
  }

  private async follow(conversationId: string, isWanted: () => boolean): Promise<{ seq: number; revision: number }> {
    const row = await this.conversations.require(this.asker, conversationId);
    const place = { seq: row.seq, revision: row.revision };
    // The socket may be gone by now; nobody would take it off the list again.
    if (this.left || !isWanted()) return place;
    this.stop(conversationId);
    const look = await this.liveViews.begin(this.asker, row);
    if (this.left || !isWanted()) {
      look?.end();
      return place;
    }
    if (look) this.looks.set(conversationId, look);
    this.watching.set(conversationId, this.emitter.addWatcher(conversationId, this.listener));
    // Taken while the look at nobody's work was prepared, and told to nobody here.
    this.turned(conversationId);
    if (this.watching.size > MOST_WATCHED) this.stop(this.watching.keys().next().value!);
    this.seen(conversationId);
    const { seq, revision } = await this.conversations.require(this.asker, conversationId);
    return { seq: Math.max(seq, row.seq), revision: Math.max(revision, row.revision) };
  }

  unwatch(conversationId: string): object {
    this.wishes.delete(conversationId);
    this.stop(conversationId);
    return {};
  }

  private stop(conversationId: string): void {
    const stop = this.watching.get(conversationId);
    stop?.();
    this.watching.delete(conversationId);
    if (stop) this.seen(conversationId);
    this.endLook(conversationId);
    this.listener.reads.account(conversationId);
  }

  async type(conversationId: string, typing: boolean): Promise<object> {
    const row = await this.conversations.require(this.asker, conversationId);
    // The visitor is told only of who may answer.
    if (isLiveView(this.asker.scope, row)) return {};
    const { tenantId, memberId } = this.asker;
    const attended = { tenantId, conversationId, assigneeId: row.assigneeId };
    await this.presence.agentTypes(attended, memberId, typing);
    return {};
  }

  async read(conversationId: string, { delivered, read }: DeliveryCursor): Promise<object> {
    const row = await this.conversations.require(this.asker, conversationId);
    // Somebody who only looks on has read nothing for the visitor.
    if (isLiveView(this.asker.scope, row)) return {};
    const { tenantId, memberId } = this.asker;
    const cursor = { delivered: Math.min(delivered, row.seq), read: Math.min(read, row.seq) };
    this.presence.agentRead({ tenantId, conversationId, assigneeId: row.assigneeId }, memberId, cursor);
    return {};
  }

  /**
   * Who has a followed conversation, or its state, may be another now: a look into a colleague's work begins or ends with
   * that. One after the other, as they were told.
   */
  turned(conversationId: string): void {
    if (this.asker.scope.reach !== 'all' || !this.watching.has(conversationId)) return;
    this.turning = this.turning
      .then(() => this.lookAnew(conversationId))
      // What cannot be recorded is not shown.
      .catch(() => void this.unwatch(conversationId));
  }

  private async lookAnew(conversationId: string): Promise<void> {
    const watched = this.watching.get(conversationId);
    if (!watched) return;
    const row = await this.conversations.require(this.asker, conversationId);
    // Let go meanwhile, or opened anew with a look of its own: there is none to begin.
    if (this.watching.get(conversationId) !== watched) return;
    const now = isLiveView(this.asker.scope, row) ? row.assigneeId : null;
    if (now === (this.looks.get(conversationId)?.assigneeId ?? null)) return;
    this.endLook(conversationId);
    const look = await this.liveViews.begin(this.asker, row);
    if (look && this.watching.get(conversationId) === watched) this.looks.set(conversationId, look);
    else look?.end();
  }

  private endLook(conversationId: string): void {
    this.looks.get(conversationId)?.end();
    this.looks.delete(conversationId);
  }

  /** Tells the others who looks now. */
  private seen(conversationId: string): void {
    this.presence.viewersChanged(this.asker.tenantId, conversationId);
  }

  leave(): void {
    this.left = true;
    for (const [conversationId, stop] of this.watching) {
      stop();
      this.seen(conversationId);
    }
    this.watching.clear();
    for (const id of this.looks.keys()) this.endLook(id);
    this.listener.reads.account();
  }
}
