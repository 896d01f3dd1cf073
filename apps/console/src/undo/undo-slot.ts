import { Observable } from '../live/observable.js';

/** How long an undo is offered while nobody rests on it, ms. */
export const OFFERED_MS = 8_000;
/** How long it stands that it was taken back. */
const TOLD_MS = 3_000;

/** What was done cannot be taken back any more: something came after it. */
export class OvertakenError extends Error {}

/** What the toast says now. */
export interface ShownUndo {
  readonly text: string;
  readonly stage: 'offered' | 'undoing' | 'undone' | 'refused';
  /** Why it could not be taken back. */
  readonly error?: unknown;
}

/** One undo at a time; the last one wins. Its time stands still while somebody rests on it. */
export class UndoSlot {
  readonly shown = new Observable<ShownUndo | undefined>(undefined);
  private undo: (() => Promise<void>) | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private left = 0;
  private runsSince = 0;
  private resting = false;

  offer(text: string, undo: () => Promise<void>): void {
    this.undo = undo;
    this.show({ text, stage: 'offered' }, OFFERED_MS);
  }

  /** Takes the last act back; says so, or that it could not be. */
  async run(): Promise<void> {
    const now = this.shown.get();
    const { undo } = this;
    if (now?.stage !== 'offered' || !undo) return;
    this.stop();
    const undoing: ShownUndo = { ...now, stage: 'undoing' };
    this.shown.set(undoing);
    const end = await undo().then(
      () => ({ stage: 'undone' }) as const,
      (error: unknown) => ({ stage: 'refused', error }) as const,
    );
    // The button that had the focus is gone, and with it whoever rested on it.
    this.resting = false;
    // What was done meanwhile has the place.
    if (this.shown.get() === undoing) this.show({ ...now, ...end }, end.stage === 'undone' ? TOLD_MS : OFFERED_MS);
  }

  /** Pointer or focus rests on it. */
  rest(): void {
    if (this.resting) return;
    this.resting = true;
    this.left -= Date.now() - this.runsSince;
    this.stop();
  }

  goOn(): void {
    if (!this.resting) return;
    this.resting = false;
    if (this.shown.get() !== undefined && this.shown.get()?.stage !== 'undoing') this.start(Math.max(this.left, 1_000));
  }

  clear(): void {
    this.stop();
    this.undo = undefined;
    this.resting = false;
    this.shown.set(undefined);
  }

  private show(shown: ShownUndo, ms: number): void {
    this.shown.set(shown);
    this.left = ms;
    this.stop();
    if (!this.resting) this.start(ms);
  }

  private start(ms: number): void {
    this.left = ms;
    this.runsSince = Date.now();
    this.timer = setTimeout(() => this.clear(), ms);
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
