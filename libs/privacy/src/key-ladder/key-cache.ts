import type { Clock } from '@libs/kernel';
import { Lru, pairKey } from '@libs/kernel';
import type { KeyGroup } from '@libs/privacy-core';
import { deriveFieldKey, fieldSecret, wipe } from '@libs/privacy-core';
import { FieldKey } from './field-key.js';

const FRESH_MS = 60_000;

/** Opened keys of one person, or the knowledge that they are destroyed. */
interface CachedSubject {
  readonly state: 'live' | 'destroyed';
  readonly loadedAt: number;
  /** Of each group key only what its field keys are derived from. */
  readonly groups: Map<KeyGroup, Buffer>;
  readonly fields: Map<string, FieldKey>;
}

/** What the cache knows about a person: nothing, that the keys are destroyed, or which groups are open. */
export type Known = 'unknown' | 'destroyed' | Pick<ReadonlySet<KeyGroup>, 'has'>;

/**
 * Opened keys, at most a minute old and bounded; whatever leaves is overwritten. Drops that happen while a load is under
 * way are remembered, so that a load cannot bring back what was destroyed meanwhile.
 */
export class KeyCache {
  private readonly subjects: Lru<string, CachedSubject>;
  private readonly loads = new Set<Set<string>>();

  constructor(
    private readonly clock: Clock,
    capacity: number,
  ) {
    this.subjects = new Lru(capacity, wipeSubject);
  }

  /** Keys of this person if they are fresh. */
  known(tenantId: string, subjectId: string): Known {
    const entry = this.fresh(tenantId, subjectId);
    if (entry === undefined) return 'unknown';
    return entry.state === 'destroyed' ? 'destroyed' : entry.groups;
  }

  /** The hot path, with what it opened last: derived once per person, group and column, then two look-ups. */
  fieldKey(tenantId: string, subjectId: string, group: KeyGroup, place: string): FieldKey | 'destroyed' | undefined {
    const entry = this.fresh(tenantId, subjectId);
    if (entry === undefined) return undefined;
    if (entry.state === 'destroyed') return 'destroyed';
    const known = entry.fields.get(place);
    if (known?.group === group) return known;
    const secret = entry.groups.get(group);
    if (secret === undefined) return undefined;
    const key = new FieldKey(group, deriveFieldKey(secret, place));
    // Whatever is derived stays with the entry, so that it is overwritten with it.
    known?.wipe();
    entry.fields.set(place, key);
    return key;
  }

  /** Starts a load; what is dropped until it is stored will not be stored. */
  beginLoad(): CacheLoad {
    const dropped = new Set<string>();
    this.loads.add(dropped);
    const loadedAt = this.clock.now();
    return {
      put: (tenantId, subjectId, state, groups) => {
        const key = pairKey(tenantId, subjectId);
        const taken = !dropped.has(key);
        if (taken) {
          const secrets = new Map([...groups].map(([group, bytes]) => [group, fieldSecret(bytes)]));
          const known = this.subjects.get(key);
          if (state === 'live' && known?.state === 'live') this.merge(key, known, secrets, loadedAt);
          else this.replace(key, { state, loadedAt, groups: secrets, fields: new Map() });
        }
        for (const bytes of groups.values()) wipe(bytes);
        return taken;
      },
      end: () => {
        this.loads.delete(dropped);
      },
    };
  }

  /** Forgets a person at once. */
  drop(tenantId: string, subjectId: string): void {
    const key = pairKey(tenantId, subjectId);
    this.subjects.delete(key);
    for (const dropped of this.loads) dropped.add(key);
  }

  clear(): void {
    this.subjects.clear();
  }

  private fresh(tenantId: string, subjectId: string): CachedSubject | undefined {
    const key = pairKey(tenantId, subjectId);
    // Not renewed: an entry lives a minute at most, so the order of loading is as good as that of use.
    const entry = this.subjects.peek(key);
    if (entry === undefined) return undefined;
    if (this.clock.now() - entry.loadedAt <= FRESH_MS) return entry;
    this.subjects.delete(key);
    return undefined;
  }

  /** A later load of other groups keeps the keys that are there, and the age of the oldest. */
  private merge(key: string, known: CachedSubject, secrets: ReadonlyMap<KeyGroup, Buffer>, loadedAt: number): void {
    for (const [group, secret] of secrets) {
      if (known.groups.has(group)) wipe(secret);
      else known.groups.set(group, secret);
    }
    this.subjects.set(key, { ...known, loadedAt: Math.min(known.loadedAt, loadedAt) });
  }

  private replace(key: string, entry: CachedSubject): void {
    this.subjects.delete(key);
    this.subjects.set(key, entry);
  }
}

/** One load under way, see `KeyCache.beginLoad`. */
export interface CacheLoad {
  /** Takes the group keys, which are overwritten. False when the person was dropped meanwhile: read again. */
  put(tenantId: string, subjectId: string, state: 'live' | 'destroyed', groups: ReadonlyMap<KeyGroup, Buffer>): boolean;
  end(): void;
}

function wipeSubject(entry: CachedSubject): void {
  for (const key of entry.groups.values()) wipe(key);
  for (const key of entry.fields.values()) key.wipe();
}
