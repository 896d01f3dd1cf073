/** A bounded map that forgets the least recently used entry. `get` renews. */
export class Lru<K, V> {
  private readonly map = new Map<K, V>();

  /** `onEvict` sees each value that leaves, so that keys can be wiped. */
  constructor(
    private readonly capacity: number,
    private readonly onEvict?: (value: V, key: K) => void,
  ) {}

  get size(): number {
    return this.map.size;
  }

  get(key: K): V | undefined {
    const value = this.map.get(key);
    if (value === undefined) return undefined;
    this.map.delete(key);
    this.map.set(key, value);
    return value;
  }

  /** Reads without renewing: for hot paths where order does not matter. */
  peek(key: K): V | undefined {
    return this.map.get(key);
  }

  set(key: K, value: V): void {
    this.map.delete(key);
    this.map.set(key, value);
    if (this.map.size <= this.capacity) return;
    const [oldest, evicted] = this.map.entries().next().value as [K, V];
    this.map.delete(oldest);
    this.onEvict?.(evicted, oldest);
  }

  delete(key: K): boolean {
    const value = this.map.get(key);
    if (value !== undefined) this.onEvict?.(value, key);
    return this.map.delete(key);
  }

  clear(): void {
    if (this.onEvict) for (const [key, value] of this.map) this.onEvict(value, key);
    this.map.clear();
  }

  keys(): IterableIterator<K> {
    return this.map.keys();
  }
}
