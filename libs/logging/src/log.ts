import { type Clock, systemClock } from '@libs/kernel';
import { type Logger, pino } from 'pino';
import { describeError } from './describe-error.js';
import { allowedFields, isCode, type LogFields } from './fields.js';

/** Constant name of what happened, `<service>.<kebab-case>`; free text has no place in a log. */
export type LogEvent = `${string}.${string}`;

/** The application log: one JSON line per event on standard output, ids only. */
export interface Log {
  debug(event: LogEvent, fields?: LogFields): void;
  info(event: LogEvent, fields?: LogFields): void;
  warn(event: LogEvent, fields?: LogFields): void;
  error(event: LogEvent, fields?: LogFields): void;
  fatal(event: LogEvent, fields?: LogFields): void;
  /** The same log with fields that every line carries. */
  child(fields: LogFields): Log;
}

/** Where a log writes to when it is not standard output. */
export interface LogDestination {
  write(line: string): void;
}

/** What a log needs besides its level. */
export interface LogOptions {
  readonly service?: string;
  readonly clock?: Clock;
  readonly destination?: LogDestination;
}

type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** Makes the log of a process. */
export function createLogger(config: { readonly log: { readonly level: string } }, options: LogOptions = {}): Log {
  const clock = options.clock ?? systemClock;
  const settings = {
    level: config.log.level,
    base: options.service === undefined ? null : allowedFields({ service: options.service }),
    timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return new PinoLog(options.destination === undefined ? pino(settings) : pino(settings, options.destination));
}

class PinoLog implements Log {
  constructor(private readonly logger: Logger) {}

  debug(event: LogEvent, fields?: LogFields): void {
    this.write('debug', event, fields);
  }

  info(event: LogEvent, fields?: LogFields): void {
    this.write('info', event, fields);
  }

  warn(event: LogEvent, fields?: LogFields): void {
    this.write('warn', event, fields);
  }

  error(event: LogEvent, fields?: LogFields): void {
    this.write('error', event, fields);
  }

  fatal(event: LogEvent, fields?: LogFields): void {
    this.write('fatal', event, fields);
  }

  child(fields: LogFields): Log {
    return new PinoLog(this.logger.child(allowedFields(fields)));
  }

  private write(level: Level, event: string, fields: LogFields | undefined): void {
    if (!this.logger.isLevelEnabled(level)) return;
    const line: Record<string, unknown> = { event: isCode(event) ? event : 'log.invalid-event' };
    if (typeof fields === 'object' && fields !== null) {
      Object.assign(line, allowedFields(fields));
      if ('err' in fields) line.err = describeError(fields.err);
    }
    this.logger[level](line);
  }
}

/** A destination that keeps lines in memory, for tests that look for what must not be there. */
export function logLines(): { readonly destination: LogDestination; readonly lines: string[] } {
  const lines: string[] = [];
  return { lines, destination: { write: (line) => void lines.push(line) } };
}
