import type { VisitorItem } from '@libs/contracts';

/**
 * The conversation as the server numbered it. Shows only what is complete: an item beyond a missing number is held
 * until a sync page closes the numbers between.
 */
export class Stream {
  private readonly shown: VisitorItem[] = [];
  private readonly seqs = new Set<number>();
  private readonly held = new Map<number, VisitorItem>();
  private closed = 0;

  get items(): readonly VisitorItem[] {
    return this.shown;
  }

  /** All numbers up to here are known or superseded. */
  get upTo(): number {
    return this.closed;
  }

  get hasGap(): boolean {
    return this.held.size > 0;
  }

  has(seq: number): boolean {
    return this.seqs.has(seq);
  }

  receive(item: VisitorItem): void {
    if (item.seq <= this.closed) return;
    this.held.set(item.seq, item);
    this.closeHeld();
  }

  page(items: readonly VisitorItem[], upTo: number): void {
    for (const item of items) this.show(item);
    this.closed = Math.max(this.closed, upTo, items.at(-1)?.seq ?? 0);
    for (const [seq, item] of [...this.held].sort(([a], [b]) => a - b)) {
      if (seq > this.closed) break;
      this.held.delete(seq);
      this.show(item);
    }
    this.closeHeld();
  }

  private closeHeld(): void {
    for (let item = this.held.get(this.closed + 1); item; item = this.held.get(this.closed + 1)) {
      this.held.delete(item.seq);
      this.show(item);
      this.closed = item.seq;
    }
  }

  private show(item: VisitorItem): void {
    if (this.seqs.has(item.seq)) return;
    this.seqs.add(item.seq);
    const last = this.shown.at(-1);
    this.shown.push(item);
    if (last && last.seq > item.seq) this.shown.sort((a, b) => a.seq - b.seq);
  }
}
