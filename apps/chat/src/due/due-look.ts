import type { Log } from '@libs/logging';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';

const LOOK_MS = 1000;

/**
 * Looks each second for what is due, one look at a time. The rows say what is due, so a restart loses nothing and a look
 * that fails is made good by the next; every process looks, and a lock lets one of them act.
 */
export abstract class DueLook implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  /** `failure` names a failed look in the log. */
  protected constructor(
    private readonly failure: `chat.${string}`,
    protected readonly log: Log,
  ) {}

  /** Acts on all that is due now. */
  protected abstract look(): Promise<void>;

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.looking ??= this.tryLook().finally(() => {
        this.looking = undefined;
      });
    }, LOOK_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  private async tryLook(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      this.log.warn(this.failure, { err: error });
    }
  }
}
