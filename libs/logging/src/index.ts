export type { ErrorDescription } from './describe-error.js';
export { describeError } from './describe-error.js';
export type { LogFields } from './fields.js';
export type { Log, LogDestination, LogEvent, LogOptions } from './log.js';
export { createLogger, logLines } from './log.js';
export { nestLogger } from './nest-log.js';
