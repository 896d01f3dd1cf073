import { UserError } from '@libs/kernel';

/** One thing that connections are counted by, and how many it may have. */
export interface ConnectionBound {
  readonly key: string;
  readonly most: number;
}

/** The refusal; who waits until others have closed may come again. */
function tooManyConnections(most: number): UserError {
  return new UserError('chat.too-many-connections', 'Too many connections are open', {
    status: 429,
    details: { most },
  });
}

/** How many connections are open, by line, visitor or member: memory of this process. */
export class ConnectionCounts {
  private readonly counts = new Map<string, number>();

  /** Counts one connection under all bounds or under none; answers what uncounts it, once, however often it is called. */
  open(bounds: readonly ConnectionBound[]): () => void {
    for (const { key, most } of bounds) if (!(this.of(key) < most)) throw tooManyConnections(most);
    for (const { key } of bounds) this.counts.set(key, this.of(key) + 1);
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      for (const { key } of bounds) this.close(key);
    };
  }

  of(key: string): number {
    return this.counts.get(key) ?? 0;
  }

  /** Things that have a connection open. */
  get size(): number {
    return this.counts.size;
  }

  private close(key: string): void {
    const left = this.of(key) - 1;
    if (left > 0) this.counts.set(key, left);
    else this.counts.delete(key);
  }
}
