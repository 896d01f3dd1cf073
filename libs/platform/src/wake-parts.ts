import type { Config } from '@libs/config';
import { type ConsumerRunner, type InvalidationFeed, MemoryWakeBus, RedisWakeUp, type WakeUp } from '@libs/events';
import type { Log } from '@libs/logging';

/**
 * How this process wakes the others of its installation. One that has its database for itself has no others; one whose
 * settings name no Redis finds out by looking each second.
 */
export async function openWakeUp({ redis, database }: Config, log: Log): Promise<WakeUp> {
  if (redis.kind === 'memory' || database.kind === 'sqlite') return new MemoryWakeBus().join();
  return RedisWakeUp.open({
    url: redis.url.reveal(),
    channel: `custodia:wake:${new URL(database.url.reveal()).pathname.slice(1)}`,
    news: {
      lost: (code) => log.warn('event.wake-up-lost', { code }),
      back: () => log.info('event.wake-up-back'),
    },
  });
}

/** Other processes wake the readers of journal and feed. */
export function followWakes(wakeUp: WakeUp, consumers: ConsumerRunner, feed: InvalidationFeed): void {
  wakeUp.onWake(({ kind }) => {
    if (kind === 'journal') consumers.wake();
    if (kind === 'feed') feed.wake();
  });
}
