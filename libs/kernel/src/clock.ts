/** The only source of time in the product: milliseconds since the epoch. Moved by tests, never by the rules. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

/** Time as the machine tells it. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  constructor(private ms: number = Date.UTC(2026, 0, 1)) {}

  now(): number {
    return this.ms;
  }

  /** Moves the clock by `ms` milliseconds (negative goes back). */
  advance(ms: number): void {
    this.ms += ms;
  }

  set(ms: number): void {
    this.ms = ms;
  }
}

/** Injection token of the process's `Clock`. */
export const CLOCK = Symbol('Clock');
