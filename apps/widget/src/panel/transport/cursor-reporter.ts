import type { DeliveryCursor } from '@libs/contracts';
import type { Timers } from './timers.js';

const PAUSE_MS = 1_000;

/** Tells the server how far this visitor has received and read, at most once a second and only when it grew. */
export class CursorReporter {
  private wanted: DeliveryCursor = { delivered: 0, read: 0 };
  private told: DeliveryCursor = { delivered: 0, read: 0 };
  private resting = false;

  constructor(
    private readonly report: (cursor: DeliveryCursor) => boolean,
    private readonly timers: Timers,
  ) {}

  set(cursor: DeliveryCursor): void {
    this.wanted = furthest(this.wanted, cursor);
    this.tell();
  }

  /** After a reconnect: what was told may have been lost. */
  repeat(): void {
    this.told = { delivered: 0, read: 0 };
    this.tell();
  }

  private tell(): void {
    const { delivered, read } = this.wanted;
    if (this.resting || (delivered === this.told.delivered && read === this.told.read)) return;
    if (!this.report(this.wanted)) return;
    this.told = this.wanted;
    this.resting = true;
    this.timers.after(PAUSE_MS, () => {
      this.resting = false;
      this.tell();
    });
  }
}

/** The further of two, of each by itself. */
export function furthest(a: DeliveryCursor, b: DeliveryCursor): DeliveryCursor {
  return { delivered: Math.max(a.delivered, b.delivered), read: Math.max(a.read, b.read) };
}
