interface Waiting<T> {
  readonly item: T;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Does together what arrives together: durable writes cost one sync each, and many people may write their first
 * message in the same moment. Work that fails for several is done one by one, so that only the guilty one fails.
 */
export class Gathering<T> {
  private readonly waiting = new Map<string, Waiting<T>[]>();

  constructor(private readonly work: (tenantId: string, items: readonly T[]) => Promise<void>) {}

  add(tenantId: string, item: T): Promise<void> {
    return new Promise((done, failed) => {
      const entry = { item, done, failed };
      const others = this.waiting.get(tenantId);
      if (others) others.push(entry);
      else {
        this.waiting.set(tenantId, [entry]);
        setImmediate(() => void this.flush(tenantId));
      }
    });
  }

  private async flush(tenantId: string): Promise<void> {
    const all = this.waiting.get(tenantId) ?? [];
    this.waiting.delete(tenantId);
    if (await this.attempt(tenantId, all)) return;
    for (const one of all) await this.attempt(tenantId, [one]);
  }

  /** False when several failed together and have to be tried alone. */
  private async attempt(tenantId: string, entries: readonly Waiting<T>[]): Promise<boolean> {
    try {
      await this.work(
        tenantId,
        entries.map(({ item }) => item),
      );
      for (const { done } of entries) done();
    } catch (error) {
      if (entries.length > 1) return false;
      entries[0]!.failed(error);
    }
    return true;
  }
}
