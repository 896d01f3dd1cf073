import { Lru, OperationalError, pairKey } from '@libs/kernel';
import type { FieldCode, Ground, PersonConsents, Purpose, Register } from '@libs/privacy-core';
import { groundFor } from '@libs/privacy-core';
import type { Person } from './people.js';

const CAPACITY = 50_000;
const ATTEMPTS = 4;

interface Entry extends Person {
  /** Answers of the rule for `register`, so that a message costs one look-up. */
  readonly grounds: Map<Purpose, Map<FieldCode, Ground>>;
  register: Register | undefined;
}

/** Reads people that are not in memory. */
export type ReadPeople = (tenantId: string, subjectIds: readonly string[]) => Promise<ReadonlyMap<string, Person>>;

/**
 * What people decided, in memory until the feed says that somebody decided anew. Drops that happen while a read is under
 * way are remembered, so that the read cannot bring back what was true before.
 */
export class ConsentCache {
  private readonly people: Lru<string, Entry>;
  /** Who has to be forgotten with whom: owners of entries in which a linked subject's decisions count. */
  private readonly followers = new Map<string, Set<string>>();
  private readonly loads = new Set<Set<string>>();

  constructor(
    private readonly read: ReadPeople,
    capacity = CAPACITY,
  ) {
    this.people = new Lru(capacity, (entry, key) => this.unfollow(key, entry));
  }

  get(tenantId: string, subjectId: string): PersonConsents | undefined {
    return this.people.peek(pairKey(tenantId, subjectId))?.consents;
  }

  /** The rule's answer for a person who is in memory. */
  ground(
    register: Register,
    tenantId: string,
    subjectId: string,
    purpose: Purpose,
    field: FieldCode,
  ): Ground | undefined {
    const entry = this.people.peek(pairKey(tenantId, subjectId));
    if (!entry) return undefined;
    if (entry.register !== register) {
      entry.grounds.clear();
      entry.register = register;
    }
    let grounds = entry.grounds.get(purpose);
    if (!grounds) {
      grounds = new Map();
      entry.grounds.set(purpose, grounds);
    }
    let ground = grounds.get(field);
    if (!ground) {
      ground = groundFor(register, purpose, field, entry.consents);
      grounds.set(field, ground);
    }
    return ground;
  }

  /** Brings people into memory: one read for all that are missing. */
  async load(tenantId: string, subjectIds: readonly string[]): Promise<void> {
    let missing = this.missing(tenantId, subjectIds);
    for (let attempt = 0; missing.length > 0; attempt++) {
      if (attempt === ATTEMPTS) {
        throw new OperationalError('privacy.consents-unstable', 'Decisions change while being read');
      }
      await this.loadOnce(tenantId, missing);
      missing = this.missing(tenantId, missing);
    }
  }

  /** A person who was just made by this process. */
  put(tenantId: string, subjectId: string, person: Person): void {
    const key = pairKey(tenantId, subjectId);
    this.people.delete(key);
    this.people.set(key, { ...person, grounds: new Map(), register: undefined });
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

  private async loadOnce(tenantId: string, subjectIds: readonly string[]): Promise<void> {
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

  private missing(tenantId: string, subjectIds: readonly string[]): string[] {
    const missing = new Set<string>();
    for (const id of subjectIds) if (!this.people.peek(pairKey(tenantId, id))) missing.add(id);
    return [...missing];
  }

  private unfollow(key: string, { linkedIds }: Entry): void {
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
