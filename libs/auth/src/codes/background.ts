import { OperationalError } from '@libs/kernel';
import type { Log, LogEvent } from '@libs/logging';

/** More than this waits for nobody: the next is dropped. */
const MOST_WAITING = 500;

/**
 * Work whose time must not be seen by whoever asked: it goes on after the answer. Failures are logged by name and code;
 * whoever asked may ask again.
 */
export class Background {
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly log: Log) {}

  start(failed: LogEvent, work: () => Promise<void>): void {
    if (this.underWay.size >= MOST_WAITING) {
      this.log.error(failed, { err: new OperationalError('account.busy', 'Too much is waiting already.') });
      return;
    }
    const running: Promise<void> = work()
      .catch((error: unknown) => this.log.error(failed, { err: error }))
      .finally(() => this.underWay.delete(running));
    this.underWay.add(running);
  }

  /** Waits for what is under way. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }
}
