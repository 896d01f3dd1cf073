import type { Log } from '@libs/logging';
import type { ErasureQueue } from '@libs/privacy';

const MINUTE_MS = 60_000;

/** Looks each minute whose grace has ended and erases them; who is due is a matter of the product's clock. */
export class ErasureUpkeep {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  /** Rounds since the start. */
  readonly counts = { done: 0, failed: 0 };

  constructor(
    private readonly queue: ErasureQueue,
    private readonly log: Log,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.tick(), MINUTE_MS);
    this.timer.unref();
    this.tick();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** A round that takes longer than a minute is not joined by a second one. */
  private tick(): void {
    this.running ??= this.round().finally(() => {
      this.running = undefined;
    });
  }

  private async round(): Promise<void> {
    try {
      const count = await this.queue.run();
      this.counts.done += 1;
      if (count > 0) this.log.info('platform.people-erased', { count });
    } catch (error) {
      this.counts.failed += 1;
      this.log.error('platform.erasures-failed', { err: error });
    }
  }
}
