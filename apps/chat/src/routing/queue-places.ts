import { type QueuePlace, ROUTING_LIMITS } from '@libs/contracts';
import { DATABASE, type Database } from '@libs/database';
import { LOG } from '@libs/http';
import { pairKey } from '@libs/kernel';
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

  constructor(
    private readonly queue: RoutingQueue,
    private readonly emitter: StreamEmitter,
    private readonly news: RoutingNews,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(LOG) private readonly log: Log,
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
    const routing = await this.queue.routingOf(tenantId, inboxId);
    if (routing.mode === 'manual' || !routing.showPlace) return;
    const waiting = await this.queue.waiting(tenantId, [inboxId], ROUTING_LIMITS.places);
    let waitsHere = false;
    for (const [index, { id }] of waiting.entries()) {
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
}
