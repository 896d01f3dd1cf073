/** How long items gather before they are written. */
const GATHER_MS = 200;
/** The same after a failure: the database or the key store is away. */
const PATIENCE_MS = 2000;
/** How often the end of the process tries to write what is left. */
const LAST_TRIES = 5;

/** Whose items they are. */
export interface Gathered {
  /** Items that may wait; beyond it whoever brings more waits too, and nothing is dropped. */
  readonly most: number;
  /** Items that wait now, without those that are being written. */
  waiting(): number;
  /** Writes what waits. What could not be written waits again, and the answer is false. */
  write(): Promise<boolean>;
}

/** When to write what gathers in memory beside the work: soon, one write after another, and the rest at the end. */
export class Gatherer {
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | undefined;
  private roomSeekers: (() => void)[] = [];
  private failed = false;

  constructor(private readonly gathered: Gathered) {}

  /** Resolves when there is room for more. Undefined = there is now. */
  room(): Promise<void> | undefined {
    if (this.hasRoom()) return undefined;
    return new Promise((resolve) => this.roomSeekers.push(resolve));
  }

  /** Something waits: it will be written. */
  arm(): void {
    if (this.timer !== undefined) return;
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        void this.flush().then(() => {
          if (this.gathered.waiting() > 0) this.arm();
        });
      },
      this.failed ? PATIENCE_MS : GATHER_MS,
    );
    this.timer.unref();
  }

  /** Writes everything that waits now. */
  async flush(): Promise<void> {
    while (this.flushing) await this.flushing;
    this.flushing = this.write().finally(() => {
      this.flushing = undefined;
    });
    await this.flushing;
  }

  /** Writes the rest; answers how many items nobody would have. */
  async close(): Promise<number> {
    for (let tries = 0; tries < LAST_TRIES && this.gathered.waiting() > 0; tries++) await this.flush();
    clearTimeout(this.timer);
    return this.gathered.waiting();
  }

  private async write(): Promise<void> {
    this.failed = !(await this.gathered.write());
    if (this.hasRoom()) for (const wake of this.roomSeekers.splice(0)) wake();
  }

  private hasRoom(): boolean {
    return this.gathered.waiting() < this.gathered.most;
  }
}
