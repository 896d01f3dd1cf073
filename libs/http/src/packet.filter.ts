import type { Refused } from '@libs/contracts';
import type { Log } from '@libs/logging';
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import { problemOf } from './problem.js';
import { LOG } from './tokens.js';

/**
 * What an HTTP answer does for errors, for packets: `@UseFilters(PacketFilter)` on a gateway acknowledges a thrown error
 * with its code. Without it the framework sends no acknowledgement and repeats the packet's content to the sender.
 */
@Catch()
export class PacketFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { code, status, details } = problemOf(error, '');
    if (status >= 500) this.log.error('http.packet-failed', { code, err: error });
    const acknowledge = host.getArgs<unknown[]>().findLast(isFunction);
    acknowledge?.({ ok: false, code, ...(details ? { details } : {}) });
  }
}

function isFunction(value: unknown): value is (answer: Refused) => void {
  return typeof value === 'function';
}
