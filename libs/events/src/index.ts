export {
  announce,
  FEED_LIMIT_MS,
  type FeedRow,
  type FeedSource,
  type Invalidation,
  InvalidationFeed,
  type InvalidationKind,
} from './feed/invalidation-feed.js';
export {
  ConsumerRunner,
  type JournalConsumer,
  type JournalFollower,
  type JournalListener,
  type JournalRow,
} from './journal/consumer.js';
export { CursorEntity, InvalidationEntity, JournalEntity } from './journal/journal.entity.js';
export { type JournalNews, JournalStep } from './journal/journal-step.js';
export { JournalTail } from './journal/journal-tail.js';
export { Sequencer } from './journal/sequencer.js';
export { EventTables1790000000002 } from './migrations/event-tables.js';
export { RedisWakeUp, type WakeLineNews } from './wake/redis-wake-up.js';
export { MemoryWakeBus, WAKE_UP, type Wake, type WakeListener, type WakeUp } from './wake/wake-up.js';
