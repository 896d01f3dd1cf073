import type { AgentItem, WithheldBecause } from '@libs/contracts';
import { withoutText } from './conversation-access.js';

/**
 * The agent's stream of one conversation. Live items may come early, twice or not at all; what is shown is ordered by
 * revision, and everything up to `upTo` is known to be complete. Numbers that a sync closes without an item were
 * superseded.
 */
export class ItemStream {
  private shown: readonly AgentItem[] = [];
  private closed = 0;
  private started = false;
  private readonly early = new Map<number, AgentItem>();

  get items(): readonly AgentItem[] {
    return this.shown;
  }

  /** Last revision below which nothing is missing. */
  get upTo(): number {
    return this.closed;
  }

  get oldest(): number | undefined {
    return this.shown[0]?.revision;
  }

  get newestSeq(): number {
    return this.shown.reduce((newest, item) => Math.max(newest, item.seq ?? 0), 0);
  }

  /** The newest page of history: where the stream starts. */
  start(items: readonly AgentItem[]): void {
    this.insert(items);
    this.closed = Math.max(this.closed, items.at(-1)?.revision ?? 0);
    this.started = true;
    this.drain();
  }

  /** A page of history, older or read anew; it does not move `upTo`. */
  prepend(items: readonly AgentItem[]): void {
    this.insert(items);
  }

  /** A live item. `gap` means that something before it is missing: sync. */
  accept(item: AgentItem): 'shown' | 'gap' {
    if (this.started && item.revision <= this.closed) {
      this.insert([item]);
      return 'shown';
    }
    this.early.set(item.revision, item);
    this.drain();
    return this.early.size > 0 ? 'gap' : 'shown';
  }

  /** A sync page: numbers up to `upTo` are now complete. Answers whether something is still missing behind it. */
  close(items: readonly AgentItem[], upTo: number): 'shown' | 'gap' {
    this.insert(items);
    this.closed = Math.max(this.closed, upTo);
    this.started = true;
    this.drain();
    return this.early.size > 0 ? 'gap' : 'shown';
  }

  /** What was said leaves memory; who spoke, and when, stays. */
  withhold(reason: WithheldBecause): void {
    this.shown = this.shown.map((item) => withoutText(item, reason));
    for (const [revision, item] of this.early) this.early.set(revision, withoutText(item, reason));
  }

  private drain(): void {
    if (!this.started) return;
    for (const revision of [...this.early.keys()].sort((a, b) => a - b)) {
      if (revision > this.closed + 1) return;
      this.insert([this.early.get(revision)!]);
      this.early.delete(revision);
      this.closed = Math.max(this.closed, revision);
    }
  }

  private insert(items: readonly AgentItem[]): void {
    if (items.length === 0) return;
    const byRevision = new Map(this.shown.map((item) => [item.revision, item]));
    for (const item of items) byRevision.set(item.revision, item);
    const sorted = [...byRevision.values()].sort((a, b) => a.revision - b.revision);
    this.shown = withoutErased(sorted);
  }
}

/** An erasure takes the place of what it erased, and the text leaves memory with it. */
function withoutErased(items: readonly AgentItem[]): readonly AgentItem[] {
  const erased = new Set(items.filter((item) => item.kind === 'erased' && item.seq !== null).map((item) => item.seq));
  if (erased.size === 0) return items;
  return items.filter((item) => item.kind === 'erased' || item.seq === null || !erased.has(item.seq));
}
