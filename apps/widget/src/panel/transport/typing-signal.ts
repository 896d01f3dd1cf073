import type { Timers } from './timers.js';

const REPEAT_MS = 3_000;
const IDLE_MS = 4_000;
const FADE_MS = 6_000;

/** Outgoing: "typing" at most every 3 s, "stopped" after 4 s without a key. */
export class TypingSignal {
  private lastSaid = Number.NEGATIVE_INFINITY;
  private cancelIdle: (() => void) | undefined;

  constructor(
    private readonly say: (typing: boolean) => void,
    private readonly timers: Timers,
  ) {}

  key(): void {
    const now = this.timers.now();
    if (now - this.lastSaid >= REPEAT_MS) {
      this.lastSaid = now;
      this.say(true);
    }
    this.cancelIdle?.();
    this.cancelIdle = this.timers.after(IDLE_MS, () => this.stop());
  }

  stop(): void {
    this.cancelIdle?.();
    this.cancelIdle = undefined;
    if (this.lastSaid === Number.NEGATIVE_INFINITY) return;
    this.lastSaid = Number.NEGATIVE_INFINITY;
    this.say(false);
  }
}

/** Incoming: the sign goes out by itself 6 s after the last word of it. */
export class TypingSign {
  private shown = false;
  private cancelFade: (() => void) | undefined;

  constructor(
    private readonly changed: () => void,
    private readonly timers: Timers,
  ) {}

  get on(): boolean {
    return this.shown;
  }

  set(typing: boolean): void {
    this.cancelFade?.();
    this.cancelFade = typing ? this.timers.after(FADE_MS, () => this.set(false)) : undefined;
    if (this.shown === typing) return;
    this.shown = typing;
    this.changed();
  }
}
