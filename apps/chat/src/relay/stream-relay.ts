import type { JournalListener, JournalRow, Wake, WakeUp } from '@libs/events';
import type { Measure } from '@libs/http';
import { Lru } from '@libs/kernel';
import type { StreamEmitter } from '../stream/stream-emitter.js';
import type { StreamEvent } from '../stream/stream-items.js';

/** Which conversation, in which tenant. */
export interface Place {
  readonly tenantId: string;
  readonly conversationId: string;
}

/** Entries of one stream after revision `after`, up to and with `upTo`. */
export interface StreamRange extends Place {
  readonly after: number;
  readonly upTo: number;
}

/** Reads a range from its rows and shows it to the sockets of this process. */
export interface RangeSource {
  show(range: StreamRange): Promise<void>;
}

/** By which way a process heard of entries that it did not write itself. */
export type RelayWay = 'wake-up' | 'journal' | 'gap';

export interface RelayParts {
  readonly emitter: Pick<StreamEmitter, 'emit'>;
  readonly source: RangeSource;
  readonly wakeUp: WakeUp;
  readonly onError: (error: unknown) => void;
}

/** Conversations whose place is remembered. */
const MOST_TRACKS = 50_000;
/** Entries that are read at once. */
const RANGE = 100;
/** Pause before a range that could not be read is tried again. */
const RETRY_MS = 1000;

/** How far this process has shown one conversation, and how far it should. */
interface Track extends Place {
  shown: number;
  wanted: number;
  reading: boolean;
  /** What this process committed behind entries that are still to be read, by revision. */
  readonly own: Map<number, StreamEvent>;
}

/**
 * Several processes, one stream (design 3): what this process commits goes out from memory and wakes the others; what
 * others commit is read from the rows. Each conversation goes out without a gap: a number that is missing is read
 * first. Of a conversation it has never shown, a process knows no number, so it begins with what it hears of; clients
 * that miss something before that ask by sync.
 */
export class StreamRelay {
  private readonly tracks = new Lru<string, Track>(MOST_TRACKS);
  private readonly retries = new Set<NodeJS.Timeout>();
  private readonly counted: Record<RelayWay, number> = { 'wake-up': 0, journal: 0, gap: 0 };

  constructor(private readonly parts: RelayParts) {
    parts.wakeUp.onWake((wake) => this.woken(wake));
  }

  /** How many entries of others came to this process by each way. */
  get relayed(): Readonly<Record<RelayWay, number>> {
    return this.counted;
  }

  /** The same for whoever watches the process. */
  get measure(): Measure {
    return {
      ...{ name: 'custodia_stream_relayed_total', kind: 'counter', help: 'Entries of other processes, by way.' },
      read: () => Object.entries(this.counted).map(([way, value]) => ({ labels: { way }, value })),
    };
  }

  /** This process committed: in the tick of the commit. */
  committed(events: readonly StreamEvent[]): void {
    const next = events.filter((event) => this.isNext(event));
    if (next.length > 0) this.parts.emitter.emit(next);
    for (const { head, outcome } of events) {
      const { tenantId, conversationId } = head;
      const { revision } = outcome;
      this.parts.wakeUp.tell({ kind: 'stream', tenantId, conversationId, from: revision, to: revision });
    }
  }

  /** The journal tells of every entry; this is what finds those of which no wake-up told, so it may take its time. */
  listener(kinds: readonly string[]): JournalListener {
    return { name: 'chat.stream-relay', kinds, gatherMs: 1000, hear: (rows) => this.heard(rows) };
  }

  onApplicationShutdown(): void {
    for (const timer of this.retries) clearTimeout(timer);
    this.retries.clear();
  }

  private isNext(event: StreamEvent): boolean {
    const { head, outcome } = event;
    const { revision } = outcome;
    const track = this.trackOf(head, revision - 1);
    if (track.shown >= revision) return false;
    if (track.shown === revision - 1 && !track.reading) {
      track.shown = revision;
      track.wanted = Math.max(track.wanted, revision);
      return true;
    }
    track.own.set(revision, event);
    this.want(track, revision, 'gap');
    return false;
  }

  private woken(wake: Wake): void {
    if (wake.kind === 'stream') this.want(this.trackOf(wake, wake.from - 1), wake.to, 'wake-up');
  }

  private heard(rows: readonly JournalRow[]): void {
    for (const { tenantId, resource, detail } of rows) {
      const { revision } = detail;
      if (typeof revision !== 'number') continue;
      const conversationId = resource.slice('conversation:'.length);
      this.want(this.trackOf({ tenantId, conversationId }, revision - 1), revision, 'journal');
    }
  }

  private trackOf({ tenantId, conversationId }: Place, shown: number): Track {
    const known = this.tracks.peek(conversationId);
    if (known) return known;
    const track = { tenantId, conversationId, shown, wanted: shown, reading: false, own: new Map() };
    this.tracks.set(conversationId, track);
    return track;
  }

  private want(track: Track, revision: number, way: RelayWay): void {
    if (revision <= track.wanted) return;
    this.counted[way] += revision - track.wanted;
    track.wanted = revision;
    if (!track.reading) void this.read(track);
  }

  private async read(track: Track): Promise<void> {
    track.reading = true;
    const { tenantId, conversationId } = track;
    try {
      while (track.shown < track.wanted) {
        if (this.emitOwn(track)) continue;
        const upTo = Math.min(track.wanted, track.shown + RANGE, ...[...track.own.keys()].map((own) => own - 1));
        await this.parts.source.show({ tenantId, conversationId, after: track.shown, upTo });
        track.shown = upTo;
      }
      track.reading = false;
    } catch (error) {
      this.parts.onError(error);
      this.later(track);
    }
  }

  /** The next entry is one of our own: it goes out from memory, past the socket it came through. */
  private emitOwn(track: Track): boolean {
    const event = track.own.get(track.shown + 1);
    if (!event) return false;
    track.own.delete(track.shown + 1);
    this.parts.emitter.emit([event]);
    track.shown += 1;
    return true;
  }

  private later(track: Track): void {
    const timer = setTimeout(() => {
      this.retries.delete(timer);
      void this.read(track);
    }, RETRY_MS);
    timer.unref();
    this.retries.add(timer);
  }
}
