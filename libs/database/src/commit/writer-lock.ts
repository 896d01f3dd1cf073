const FREE = Promise.resolve(() => {});

/** First come, first served: the committer and `UnitOfWork` take turns at the one writing connection. */
export class WriterLock {
  private tail: Promise<void> = Promise.resolve();

  /** `needed` is false where the database lets several transactions be open at once (MariaDB). */
  constructor(private readonly needed: boolean) {}

  /** Resolves with the function that lets the next one in. */
  acquire(): Promise<() => void> {
    if (!this.needed) return FREE;
    let release!: () => void;
    const mine = new Promise<void>((resolve) => {
      release = resolve;
    });
    const turn = this.tail.then(() => release);
    this.tail = this.tail.then(() => mine);
    return turn;
  }
}
