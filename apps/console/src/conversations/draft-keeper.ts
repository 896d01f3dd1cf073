import { ApiError, type WorkClient } from '@libs/api-client';
import type { DraftTexts, KeptDraft } from '@libs/contracts';
import { Observable } from '../live/observable.js';

export interface DraftPorts {
  readonly drafts: Pick<WorkClient, 'draft' | 'keepDraft'>;
  /** What stands in the boxes now. */
  read(): DraftTexts;
  write(texts: DraftTexts): void;
}

/** Which text goes on when another tab has kept a different one. */
export type DraftChoice = 'mine' | 'theirs' | 'both';

const WAIT_MS = 800;

/**
 * Keeps what is written in one conversation on the server, a moment after the last key. Where another tab or device has
 * kept a different text, nothing is written over: the member chooses.
 */
export class DraftKeeper {
  /** What another tab has kept, while the choice is open. */
  readonly conflict = new Observable<KeptDraft | null>(null);
  private base = 0;
  private kept: DraftTexts = { message: '', note: '' };
  private known = false;
  private busy = false;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly conversationId: string,
    private readonly ports: DraftPorts,
  ) {}

  /** The conversation is opened: what was kept elsewhere comes back. */
  async restore(): Promise<void> {
    if (this.busy || this.conflict.get()) return;
    const found = await this.ports.drafts.draft(this.conversationId).catch(() => undefined);
    if (found) this.meet(found);
  }

  /** Something was written. */
  changed(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.keep(), WAIT_MS);
  }

  /** Keeps at once what waits: the screen closes, or the line is back. */
  flush(): void {
    clearTimeout(this.timer);
    void this.keep();
  }

  /** Another person signs in: what still waits must not be kept in their name. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  choose(choice: DraftChoice): void {
    const theirs = this.conflict.get();
    if (!theirs) return;
    this.conflict.set(null);
    this.base = theirs.version;
    this.kept = textsOf(theirs);
    const mine = this.ports.read();
    if (choice === 'theirs') this.ports.write(this.kept);
    if (choice === 'both')
      this.ports.write({ message: joined(theirs.message, mine.message), note: joined(theirs.note, mine.note) });
    this.flush();
  }

  private async keep(): Promise<void> {
    const texts = textsOf(this.ports.read());
    if (this.stopped || this.busy || this.conflict.get() || isSame(texts, this.kept)) return;
    this.busy = true;
    try {
      if (!this.known) await this.look();
      if (this.stopped || this.conflict.get()) return;
      const { version } = await this.ports.drafts.keepDraft(this.conversationId, { ...texts, base: this.base });
      this.base = version;
      this.kept = texts;
    } catch (error) {
      // Without a line it waits in this page; the line flushes when it is back.
      if (error instanceof ApiError && error.code === 'chat.draft-changed') await this.look().catch(() => undefined);
    } finally {
      this.busy = false;
    }
    if (!isSame(this.ports.read(), texts)) this.changed();
  }

  private async look(): Promise<void> {
    this.meet(await this.ports.drafts.draft(this.conversationId));
  }

  /** What the server has, beside what stands here. */
  private meet(found: KeptDraft): void {
    this.known = true;
    if (found.version === this.base) return;
    const mine = this.ports.read();
    const untouched = isSame(mine, this.kept);
    const nothingThere = found.message === '' && found.note === '';
    if (!untouched && !nothingThere && !isSame(mine, found)) {
      this.conflict.set(found);
      return;
    }
    this.base = found.version;
    this.kept = textsOf(found);
    if (untouched) this.ports.write(this.kept);
    else if (!isSame(mine, found)) this.changed();
  }
}

function textsOf({ message, note }: DraftTexts): DraftTexts {
  return { message, note };
}

function isSame(one: DraftTexts, other: DraftTexts): boolean {
  return one.message === other.message && one.note === other.note;
}

function joined(one: string, other: string): string {
  if (one === other || other === '') return one;
  return one === '' ? other : `${one}\n${other}`;
}
