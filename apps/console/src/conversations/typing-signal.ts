const REPEAT_MS = 3_000;
const IDLE_MS = 4_000;

/** Says "typing" while somebody types, again every three seconds, and the end of it once. */
export class TypingSignal {
  private saidAt = 0;
  private idle: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly say: (typing: boolean) => void,
    private readonly now: () => number = () => Date.now(),
  ) {}

  typed(hasText: boolean): void {
    clearTimeout(this.idle);
    if (!hasText) {
      this.stop();
      return;
    }
    if (this.now() - this.saidAt >= REPEAT_MS) {
      this.saidAt = this.now();
      this.say(true);
    }
    this.idle = setTimeout(() => this.stop(), IDLE_MS);
  }

  private stop(): void {
    if (this.saidAt === 0) return;
    this.saidAt = 0;
    this.say(false);
  }
}
