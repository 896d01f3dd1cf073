import type { NotificationWay } from '@libs/contracts';
import type { Notice } from './notice.js';

/** Between the tabs of one browser. */
export interface TabTalk {
  say(key: string): void;
  /** Runs it in one tab only, and in none again before `ms` are over. */
  once(name: string, ms: number, run: () => void): Promise<void>;
}

export interface HeraldParts {
  readonly tabs: TabTalk;
  sound(): void;
  desktop(notice: Notice): void;
  /** This tab has the focus and shows the conversation. */
  watches(conversationId: string): boolean;
  /** No sounds and no desktop now. */
  quiet(): boolean;
}

/** A tab that shows the conversation speaks up within this time, and then nothing sounds. */
export const HEARING_MS = 200;
/** At most one sound in this time. */
export const SOUND_MS = 3_000;
const DESKTOP_MS = 1_000;
const REMEMBERED = 200;

/** Makes itself heard once for all tabs, and not at all where somebody looks at the conversation. */
export class Herald {
  private readonly seen = new Set<string>();
  private stopped = false;

  constructor(private readonly parts: HeraldParts) {}

  /** Another tab shows what this is about. */
  heard(key: string): void {
    this.seen.add(key);
    if (this.seen.size > REMEMBERED) this.seen.delete(this.seen.values().next().value!);
  }

  /** Its member left: what it waits with is not said any more. */
  stop(): void {
    this.stopped = true;
    this.seen.clear();
  }

  async announce(notice: Notice, ways: readonly NotificationWay[]): Promise<void> {
    const { tabs, watches, quiet } = this.parts;
    if (this.stopped) return;
    if (watches(notice.conversationId)) {
      tabs.say(notice.key);
      return;
    }
    if (quiet() || !(ways.includes('sound') || ways.includes('desktop'))) return;
    await new Promise((resolve) => setTimeout(resolve, HEARING_MS));
    if (this.stopped || this.seen.has(notice.key)) return;
    if (ways.includes('sound')) void tabs.once('sound', SOUND_MS, () => this.parts.sound());
    if (ways.includes('desktop')) {
      void tabs.once(`desktop ${notice.key}`, DESKTOP_MS, () => this.parts.desktop(notice));
    }
  }
}
