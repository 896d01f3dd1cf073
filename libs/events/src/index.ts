export {
  announce,
  FEED_LIMIT_MS,
  type FeedRow,
  type Invalidation,
  InvalidationFeed,
  type InvalidationKind,
} from './feed/invalidation-feed.js';
export { ConsumerRunner, type JournalConsumer, type JournalFollower, type JournalRow } from './journal/consumer.js';
export { CursorEntity, InvalidationEntity, JournalEntity } from './journal/journal.entity.js';
export { JournalStep } from './journal/journal-step.js';
export { Sequencer } from './journal/sequencer.js';
export { EventTables1790000000002 } from './migrations/event-tables.js';
