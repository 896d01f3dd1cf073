import type { JournalListener, JournalRow } from '@libs/events';
import { LOG } from '@libs/http';
import { CLOCK, type Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { StreamEmitter, type VisitorListener } from '../stream/stream-emitter.js';
import { CONFIRM_MS, LookLeases } from './look-leases.js';
import type { LookPlace } from './look-step.js';

/** Pause before what could not be read is read again. */
const RETRY_MS = 1000;

/**
 * Tells the visitors of this process whether somebody looks at their conversation besides the agent: that, and neither
 * who nor how many. It hears of looks in the tick of their commit or, of other processes, from the journal; a look whose
 * process died ends with its row's time.
 */
@Injectable()
export class LookSigns implements JournalListener, OnApplicationShutdown {
  readonly name = 'chat.look-signs';
  readonly kinds = ['chat.live-view-began.v1', 'chat.live-view-ended.v1'];
  /** What each socket was told last. */
  private readonly told = new WeakMap<VisitorListener, boolean>();
  /** Conversations that are being read; true = something changed meanwhile. */
  private readonly reading = new Map<string, boolean>();
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly emitter: StreamEmitter,
    private readonly leases: LookLeases,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationShutdown(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  hear(rows: readonly JournalRow[]): void {
    for (const { tenantId, resource } of rows) {
      this.tell({ tenantId, conversationId: resource.slice('conversation:'.length) });
    }
  }

  /** A socket that came without a conversation has one now: nobody looks, as far as it knows. */
  joined(place: LookPlace, listener: VisitorListener): void {
    this.told.set(listener, false);
    this.tell(place);
  }

  /** A look at this conversation may have begun or ended, or a visitor come. */
  tell(place: LookPlace): void {
    const { conversationId } = place;
    if (this.emitter.visitorsOf(conversationId).size === 0) return;
    if (this.reading.has(conversationId)) this.reading.set(conversationId, true);
    else void this.read(place);
  }

  private async read(place: LookPlace): Promise<void> {
    const { conversationId } = place;
    try {
      let until: number;
      // What changed while it was read would be told as it was before.
      do {
        this.reading.set(conversationId, false);
        until = await this.leases.until(place);
      } while (this.reading.get(conversationId));
      this.say(place, until);
    } catch (error) {
      this.log.warn('chat.look-untold', { err: error });
      this.again(place, RETRY_MS);
    } finally {
      this.reading.delete(conversationId);
    }
  }

  private say(place: LookPlace, until: number): void {
    const left = until - this.clock.now();
    const on = left > 0;
    for (const listener of this.emitter.visitorsOf(place.conversationId)) {
      if (this.told.get(listener) === on) continue;
      this.told.set(listener, on);
      listener.emit('watched', { on });
    }
    // A row that counts no more is of a process that died, or was only halted and confirms it yet.
    if (until > 0) this.again(place, on ? left + 1 : CONFIRM_MS);
  }

  private again(place: LookPlace, ms: number): void {
    const { conversationId } = place;
    clearTimeout(this.timers.get(conversationId));
    const timer = setTimeout(() => {
      this.timers.delete(conversationId);
      this.tell(place);
    }, ms).unref();
    this.timers.set(conversationId, timer);
  }
}
