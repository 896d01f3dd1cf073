export type { Clock } from './clock.js';
export { CLOCK, ManualClock, systemClock } from './clock.js';
export { Closing } from './closing.js';
export type { ErrorKind, ErrorOptions, LastChange } from './errors.js';
export {
  AppError,
  assertUnreachable,
  OperationalError,
  OvertakenError,
  UnexpectedError,
  UserError,
} from './errors.js';
export { type Gathered, Gatherer } from './gatherer.js';
export { isId, newId, randomToken, randomTokenBytes } from './id.js';
export { Lru } from './lru.js';
export { pairKey } from './pair-key.js';
export { within } from './within.js';
