import { Lru, pairKey } from '@libs/kernel';
import type { Person } from './people.js';

const CAPACITY = 50_000;

/** Reads people that are not in memory. */
export type ReadPeople = (tenantId: string, subjectIds: readonly string[]) => Promise<ReadonlyMap<string, Person>>;

/**
 * What people decided, in memory until the feed says that somebody decided anew. Drops that happen while a read is under
 * way are remembered, so that the read cannot bring back what was true before.
 */
export class ConsentCache {
  private readonly people: Lru<string, Person>;
  /** Who has to be forgotten with whom: owners of entries in which a linked subject's decisions count. */
  private readonly followers = new Map<string, Set<string>>();
  private readonly loads = new Set<Set<string>>();

  constructor(
    private readonly read: ReadPeople,
    capacity = CAPACITY,
  ) {
    this.people = new Lru(capacity, (entry, key) => this.unfollow(key, entry));
  }

  get(tenantId: string, subjectId: string): Person | undefined {
    return this.people.peek(pairKey(tenantId, subjectId));
  }

  /** Brings people into memory: one read for all that are missing. Who is dropped meanwhile stays missing. */
  async load(tenantId: string, subjectIds: readonly string[]): Promise<void> {
    const missing = subjectIds.filter((id) => !this.get(tenantId, id));
    if (missing.length > 0) await this.loadMissing(tenantId, [...new Set(missing)]);
  }

  /** A person who was just made by this process. */
  put(tenantId: string, subjectId: string, person: Person): void {
    const key = pairKey(tenantId, subjectId);
    this.people.delete(key);
    this.people.set(key, person);
    for (const linked of person.linkedIds) {
      const name = pairKey(tenantId, linked);
      this.followers.set(name, (this.followers.get(name) ?? new Set()).add(key));
    }
  }

  /** Forgets a person and all in whom this one's decisions count. */
  drop(tenantId: string, subjectId: string): void {
    const key = pairKey(tenantId, subjectId);
    this.people.delete(key);
    for (const follower of [...(this.followers.get(key) ?? [])]) this.people.delete(follower);
    for (const dropped of this.loads) dropped.add(key);
  }

  clear(): void {
    this.people.clear();
    for (const dropped of this.loads) dropped.add(EVERYBODY);
  }

  private async loadMissing(tenantId: string, subjectIds: readonly string[]): Promise<void> {
    const dropped = new Set<string>();
    this.loads.add(dropped);
    try {
      const found = await this.read(tenantId, subjectIds);
      for (const [subjectId, person] of found) {
        const members = [subjectId, ...person.linkedIds].map((id) => pairKey(tenantId, id));
        if (dropped.has(EVERYBODY) || members.some((member) => dropped.has(member))) continue;
        this.put(tenantId, subjectId, person);
      }
    } finally {
      this.loads.delete(dropped);
    }
  }

  private unfollow(key: string, { linkedIds }: Person): void {
    const tenantId = key.slice(0, key.indexOf(' '));
    for (const linked of linkedIds) {
      const name = pairKey(tenantId, linked);
      const owners = this.followers.get(name);
      owners?.delete(key);
      if (owners?.size === 0) this.followers.delete(name);
    }
  }
}

const EVERYBODY = '*';
