import { FALL_BACK_AFTER, type LinkEvents } from './link.js';
import type { Timers } from './timers.js';

/** A line that lets nothing through for this long, or holds for less, is no line. */
const QUICK_MS = 5_000;
/** Lines that were accepted and cut at once, in a row, before another way is taken. */
const MOST_CUTS = 2;

/**
 * Whether the socket's line can be trusted. Some networks accept a WebSocket and then cut it or let it starve: each time
 * it looks open, so counting failed attempts would never end. Such a line is reported as unreachable, and as up again
 * only when it has held for a while.
 */
export class LineTrust {
  private attempts = 0;
  private cuts = 0;
  private openedAt = 0;
  private open = false;
  private cancelTimer: (() => void) | undefined;

  constructor(
    private readonly events: Pick<LinkEvents, 'up' | 'unreachable'>,
    private readonly timers: Timers,
  ) {}

  /** The line opened; `cut` closes it when the server's greeting does not come. */
  opened(cut: () => void): void {
    this.open = true;
    this.openedAt = this.timers.now();
    this.after(QUICK_MS, () => {
      this.open = false;
      cut();
      this.failed(true);
    });
  }

  /** The server greeted us: packets come through. */
  greeted(): void {
    this.attempts = 0;
    this.cancelTimer?.();
    if (this.cuts < MOST_CUTS) {
      this.events.up();
      return;
    }
    this.after(QUICK_MS, () => {
      this.cuts = 0;
      this.events.up();
    });
  }

  /** The line is gone; `asked` by us or the server, otherwise something between cut it. */
  closed(asked: boolean): void {
    this.cancelTimer?.();
    if (!this.open) return;
    this.open = false;
    if (asked) return;
    this.cuts = this.timers.now() - this.openedAt < QUICK_MS ? this.cuts + 1 : 0;
    if (this.cuts >= MOST_CUTS) this.failed(true);
  }

  /** It could not be opened. `hopeless`: more attempts would only lose time. */
  failed(hopeless: boolean): void {
    this.attempts = Math.max(this.attempts + 1, hopeless ? FALL_BACK_AFTER : 0);
    if (hopeless) this.cuts = Math.max(this.cuts, MOST_CUTS);
    this.events.unreachable(this.attempts);
  }

  stop(): void {
    this.cancelTimer?.();
    this.open = false;
  }

  private after(ms: number, run: () => void): void {
    this.cancelTimer?.();
    this.cancelTimer = this.timers.after(ms, run);
  }
}
