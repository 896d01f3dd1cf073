/**
 * A stream as docs/widget-protocol.md section 6 has clients keep it: `upTo` is the number below which everything is
 * known; an entry with the next number is taken, a smaller one dropped, a larger one held until a sync closes the gap.
 */
export class OrderedStream<T> {
  readonly entries: T[] = [];
  upTo = 0;
  private readonly held = new Map<number, T>();

  /** A live entry; answers true when a number before it is missing. */
  offer(number: number, entry: T): boolean {
    if (number <= this.upTo) return false;
    this.held.set(number, entry);
    this.takeHeld();
    return this.held.size > 0;
  }

  /** A page of a sync that began at `after`: closes all numbers up to `upTo`. */
  page(entries: readonly (readonly [number: number, entry: T])[], upTo: number): void {
    for (const [number, entry] of entries) if (number > this.upTo) this.held.set(number, entry);
    for (const number of [...this.held.keys()].sort((a, b) => a - b)) {
      if (number > upTo) continue;
      this.entries.push(this.held.get(number)!);
      this.held.delete(number);
    }
    this.upTo = Math.max(this.upTo, upTo);
    this.takeHeld();
  }

  private takeHeld(): void {
    for (let next = this.held.get(this.upTo + 1); next !== undefined; next = this.held.get(this.upTo + 1)) {
      this.upTo += 1;
      this.held.delete(this.upTo);
      this.entries.push(next);
    }
  }
}
