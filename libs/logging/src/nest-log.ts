import type { LoggerService } from '@nestjs/common';
import { isCode, type LogFields } from './fields.js';
import type { Log, LogEvent } from './log.js';

/** Contexts of the framework whose sentences name classes and route templates only, and are written while it starts. */
const FRAMEWORK = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
  'WebSocketsController',
]);

type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/**
 * The framework's logger on top of ours. Its sentences are free text, so they are not written: only the context and,
 * of errors, name, code and frames. Progress at start is written at level debug as an event per context.
 */
export function nestLogger(log: Log): LoggerService {
  const write = (level: Level, message: unknown, rest: readonly unknown[]): void => {
    const context = rest.at(-1);
    const starts = typeof context === 'string' && FRAMEWORK.has(context);
    const event: LogEvent = message instanceof Error ? 'nest.error' : 'nest.message';
    log[starts && level === 'info' ? 'debug' : level](event, fieldsOf(message, rest, context));
  };
  return {
    log: (message: unknown, ...rest: unknown[]) => write('info', message, rest),
    error: (message: unknown, ...rest: unknown[]) => write('error', message, rest),
    warn: (message: unknown, ...rest: unknown[]) => write('warn', message, rest),
    debug: (message: unknown, ...rest: unknown[]) => write('debug', message, rest),
    verbose: (message: unknown, ...rest: unknown[]) => write('debug', message, rest),
    fatal: (message: unknown, ...rest: unknown[]) => write('fatal', message, rest),
  };
}

function fieldsOf(message: unknown, rest: readonly unknown[], context: unknown): LogFields {
  const err = [message, ...rest].find((value) => value instanceof Error);
  return { ...(isCode(context) ? { context } : {}), ...(err === undefined ? {} : { err }) };
}
