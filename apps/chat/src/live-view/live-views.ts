import type { Step } from '@libs/database';
import { LOG } from '@libs/http';
import { CLOCK, type Clock, newId } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ConversationRow } from '../conversations/conversation.repository.js';
import type { Asker } from '../conversations/conversation.service.js';
import { ChatWrites } from '../stream/chat-writes.js';
import { isLiveView } from './live-view.rule.js';
import { LookLeases } from './look-leases.js';
import { LookSigns } from './look-signs.js';
import type { HeldLook } from './look-step.js';

/** A look that goes on: into whose work, and what ends it. */
export interface Look {
  readonly assigneeId: string | null;
  end(): void;
}

/** A look of somebody who asks again and again without following: it ends when they have not asked for a while. */
interface Glance {
  readonly from: number;
  readonly began: Promise<void>;
  readonly end: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** The entry of a beginning or an end, and what is written with it. */
interface LookEntry {
  readonly kind: 'chat.live-view-began.v1' | 'chat.live-view-ended.v1';
  readonly detail: Readonly<Record<string, string | number | null>>;
  readonly step: Step;
}

/** Requests of one member for one conversation that come closer than this are one look. */
export const GLANCE_MS = 60_000;

/**
 * Looks of supervisors into the work of others (P-0207): each is an entry of the journal when it begins, before anything
 * is shown, and one when it ends, with both times. What was read meanwhile is accounted by `ReadWatch` as for everybody.
 * As long as a look goes on the visitor is told that there is one.
 */
@Injectable()
export class LiveViews implements OnApplicationShutdown {
  /** How many pages of a member follow a conversation, by both and whose work it is. */
  private readonly following = new Map<string, number>();
  private readonly glances = new Map<string, Glance>();

  constructor(
    private readonly writes: ChatWrites,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
    private readonly leases: LookLeases,
    private readonly signs: LookSigns,
  ) {}

  /** Undefined where the member looks at work of their own, or at what nobody has. */
  async begin(asker: Asker, row: ConversationRow): Promise<Look | undefined> {
    if (!isLiveView(asker.scope, row)) return undefined;
    const key = keyOf(asker, row);
    const { assigneeId } = row;
    const end = await this.goOn(key, asker, row);
    this.following.set(key, (this.following.get(key) ?? 0) + 1);
    return {
      assigneeId,
      end: () => {
        const left = (this.following.get(key) ?? 0) - 1;
        if (left > 0) this.following.set(key, left);
        else this.following.delete(key);
        end();
      },
    };
  }

  /** Somebody who does not follow the conversation is about to be shown some of it. */
  async glance(asker: Asker, row: ConversationRow): Promise<void> {
    if (!isLiveView(asker.scope, row)) return;
    const key = keyOf(asker, row);
    if (this.following.has(key)) return;
    const known = this.glances.get(key);
    const glance = known ?? this.newGlance(asker, row);
    if (!known) this.glances.set(key, glance);
    try {
      await glance.began;
    } catch (error) {
      if (this.glances.get(key) === glance) this.glances.delete(key);
      throw error;
    }
    if (this.glances.get(key) === glance) this.lengthen(key, glance);
  }

  onApplicationShutdown(): void {
    for (const { timer, end } of this.glances.values()) {
      clearTimeout(timer);
      end();
    }
    this.glances.clear();
  }

  /** Whoever asked just before goes on looking: one look, not two. */
  private async goOn(key: string, asker: Asker, row: ConversationRow): Promise<() => void> {
    const glance = this.glances.get(key) ?? this.newGlance(asker, row);
    this.glances.delete(key);
    clearTimeout(glance.timer);
    await glance.began;
    return glance.end;
  }

  private newGlance(asker: Asker, row: ConversationRow): Glance {
    const from = this.clock.now();
    const look = { tenantId: asker.tenantId, conversationId: row.id, id: newId() };
    const began = this.begun(asker, row, look);
    const end = (): void => {
      const step = this.leases.end(look);
      this.write(asker, row, { kind: 'chat.live-view-ended.v1', detail: { from, to: this.clock.now() }, step }).then(
        () => this.signs.tell(look),
        // The beginning stands; a person who was erased meanwhile has no more entries.
        (error: unknown) => this.log.warn('chat.live-view-unended', { err: error }),
      );
    };
    return { from, began, end, timer: undefined };
  }

  private async begun(asker: Asker, row: ConversationRow, look: HeldLook): Promise<void> {
    const step = this.leases.begin(look);
    try {
      const detail = { assigneeId: row.assigneeId };
      await this.write(asker, row, { kind: 'chat.live-view-began.v1', detail, step });
    } catch (error) {
      this.leases.letGo(look);
      throw error;
    }
    this.signs.tell(look);
  }

  private lengthen(key: string, glance: Glance): void {
    clearTimeout(glance.timer);
    glance.timer = setTimeout(() => {
      this.glances.delete(key);
      glance.end();
    }, GLANCE_MS).unref();
  }

  private write(
    { tenantId, memberId, correlationId }: Asker,
    { id, subjectId }: ConversationRow,
    { kind, detail, step }: LookEntry,
  ): Promise<void> {
    return this.writes.commit({
      ...{ tenantId, authorId: memberId, subjectId, correlationId },
      steps: [this.writes.subjects.step({ subjectId }), step],
      journal: [
        {
          ...{ kind, subjectId, resource: `conversation:${id}` },
          ...{ fields: 'chat.message,chat.note', commitment: null, detail: () => detail },
        },
      ],
    });
  }
}

function keyOf({ tenantId, memberId }: Asker, { id, assigneeId }: ConversationRow): string {
  return `${tenantId} ${memberId} ${id} ${assigneeId}`;
}
