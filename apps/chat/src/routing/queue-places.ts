import { type QueuePlace, ROUTING_LIMITS } from '@libs/contracts';
import { DATABASE, type Database } from '@libs/database';
import { LOG } from '@libs/http';
import { CLOCK, type Clock, Lru, pairKey } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { StreamEmitter, type VisitorListener } from '../stream/stream-emitter.js';
import { RoutingNews } from './routing-news.js';
import { RoutingQueue } from './routing-queue.js';

interface Place {
  readonly tenantId: string;
  readonly inboxId: string;
}

/**
 * Tells visitors of this process who wait at which place they are: of inboxes where something changed, at most every two
 * seconds, and to each only what is new to them.
 */
@Injectable()
export class QueuePlaces implements OnApplicationBootstrap, OnApplicationShutdown {
  private dirty = new Map<string, Place>();
  /** Place that a socket was told last. */
  private readonly told = new WeakMap<VisitorListener, number>();
  private timer: NodeJS.Timeout | undefined;
  /** Queues as they were read for those who ask themselves, each for two seconds. */
  private readonly read = new Lru<string, { readonly at: number; readonly ids: Promise<readonly string[]> }>(1_000);

  constructor(
    private readonly queue: RoutingQueue,
    private readonly emitter: StreamEmitter,
    private readonly news: RoutingNews,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(LOG) private readonly log: Log,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.news.onHead(({ tenantId, inboxId }) => this.look(tenantId, inboxId));
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
    this.dirty.clear();
  }

  /** The queue of this inbox changed, or somebody came who may wait in it. */
  look(tenantId: string, inboxId: string): void {
    this.dirty.set(pairKey(tenantId, inboxId), { tenantId, inboxId });
    this.timer ??= setTimeout(() => void this.tell(), ROUTING_LIMITS.placesEveryMs).unref();
  }

  /** The place of who asks by HTTP, because nobody can tell them; null = does not wait, or is not to know. */
  async placeOf(tenantId: string, inboxId: string, conversationId: string): Promise<QueuePlace | null> {
    const key = pairKey(tenantId, inboxId);
    const now = this.clock.now();
    let known = this.read.get(key);
    if (!known || now - known.at >= ROUTING_LIMITS.placesEveryMs || now < known.at) {
      known = { at: now, ids: this.shown(tenantId, inboxId) };
      this.read.set(key, known);
    }
    const ids = await known.ids;
    const index = ids.indexOf(conversationId);
    return index < 0 ? null : { place: index + 1, of: ids.length };
  }

  /** Tells what changed since the last time. */
  async tell(): Promise<void> {
    const places = [...this.dirty.values()];
    this.dirty = new Map();
    for (const place of places) {
      await this.tellInbox(place).catch((error: unknown) => this.log.warn('chat.places-untold', { err: error }));
    }
    this.timer = undefined;
    const [next] = this.dirty.values();
    if (next) this.look(next.tenantId, next.inboxId);
  }

  private async tellInbox({ tenantId, inboxId }: Place): Promise<void> {
    const waiting = await this.shown(tenantId, inboxId);
    let waitsHere = false;
    for (const [index, id] of waiting.entries()) {
      const packet: QueuePlace = { place: index + 1, of: waiting.length };
      for (const listener of this.emitter.visitorsOf(id)) {
        waitsHere = true;
        if (this.told.get(listener) === packet.place) continue;
        this.told.set(listener, packet.place);
        listener.emit('queue', packet);
      }
    }
    // What another process commits changes places too, and it says so only to the rows.
    if (waitsHere && !this.database.exclusive) this.look(tenantId, inboxId);
  }

  /** Who waits in an inbox that tells them so, in order. */
  private async shown(tenantId: string, inboxId: string): Promise<readonly string[]> {
    const routing = await this.queue.routingOf(tenantId, inboxId);
    if (routing.mode === 'manual' || !routing.showPlace) return [];
    return (await this.queue.waiting(tenantId, [inboxId], ROUTING_LIMITS.places)).map(({ id }) => id);
  }
}
