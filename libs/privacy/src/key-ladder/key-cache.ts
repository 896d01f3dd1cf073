import type { Clock } from '@libs/kernel';
import { Lru, pairKey } from '@libs/kernel';
import type { KeyGroup } from '@libs/privacy-core';
import { wipe } from '@libs/privacy-core';
import type { FieldKey } from './field-key.js';
import { OpenGroup } from './open-group.js';

/** Nothing is handed out that was read longer ago. */
const FRESH_MS = 60_000;
/**
 * From this age on a key is read again by whoever asks for it: what was there when it was asked for is still there when it is
 * used, also on a machine that stands still in between.
 */
const RENEWED_MS = 50_000;

/** A person whose keys are open: a few groups, each with an age of its own. */
interface LiveSubject {
  readonly state: 'live';
  groups: readonly OpenGroup[];
}

/** Opened keys of one person, or the knowledge that they are destroyed. */
type CachedSubject = LiveSubject | { readonly state: 'destroyed'; readonly loadedAt: number };

/** What the cache says when somebody is about to use a key. */
export type Known = 'open' | 'unknown' | 'destroyed';

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

  /** Whether a key need not be read before it is used. */
  known(tenantId: string, subjectId: string, group: KeyGroup): Known {
    const entry = this.subjects.peek(pairKey(tenantId, subjectId));
    if (entry === undefined) return 'unknown';
    if (entry.state === 'destroyed') return this.age(entry) < RENEWED_MS ? 'destroyed' : 'unknown';
    const open = groupOf(entry, group);
    return open !== undefined && this.age(open) < RENEWED_MS ? 'open' : 'unknown';
  }

  /** The hot path, with what it opened last: made once per person, group and column, then looked up. */
  fieldKey(tenantId: string, subjectId: string, group: KeyGroup, place: string): FieldKey | 'destroyed' | undefined {
    // Not renewed: a key lives a minute at most, so the order of loading is as good as that of use.
    const entry = this.subjects.peek(pairKey(tenantId, subjectId));
    if (entry === undefined) return undefined;
    if (entry.state === 'destroyed') return this.age(entry) <= FRESH_MS ? 'destroyed' : undefined;
    const open = groupOf(entry, group);
    if (open === undefined) return undefined;
    if (this.age(open) <= FRESH_MS) return open.field(place);
    open.wipe();
    entry.groups = entry.groups.filter((one) => one !== open);
    return undefined;
  }

  /** Starts a load; what is dropped until it is stored will not be stored. */
  beginLoad(): CacheLoad {
    const dropped = new Set<string>();
    this.loads.add(dropped);
    const loadedAt = this.clock.now();
    return {
      destroyed: (tenantId, subjectId) => {
        const key = pairKey(tenantId, subjectId);
        if (dropped.has(key)) return;
        this.subjects.delete(key);
        this.subjects.set(key, { state: 'destroyed', loadedAt });
      },
      live: (tenantId, subjectId, groups) => {
        const key = pairKey(tenantId, subjectId);
        const taken = !dropped.has(key);
        if (taken) this.open(key, groups, loadedAt);
        else for (const bytes of groups.values()) wipe(bytes);
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

  private age({ loadedAt }: { readonly loadedAt: number }): number {
    return this.clock.now() - loadedAt;
  }

  /** What is read of one group says nothing about the others. */
  private open(key: string, groups: ReadonlyMap<KeyGroup, Buffer>, loadedAt: number): void {
    const known = this.subjects.peek(key);
    const others: OpenGroup[] = [];
    for (const group of known?.state === 'live' ? known.groups : []) {
      if (groups.has(group.name)) group.wipe();
      else others.push(group);
    }
    const fresh = Array.from(groups, ([name, bytes]) => new OpenGroup(name, bytes, loadedAt));
    this.subjects.set(key, { state: 'live', groups: others.length === 0 ? fresh : [...others, ...fresh] });
  }
}

/** One load under way, see `KeyCache.beginLoad`. */
export interface CacheLoad {
  destroyed(tenantId: string, subjectId: string): void;
  /** Takes the group keys, which are overwritten. False when the person was dropped meanwhile: read again. */
  live(tenantId: string, subjectId: string, groups: ReadonlyMap<KeyGroup, Buffer>): boolean;
  end(): void;
}

function groupOf({ groups }: LiveSubject, wanted: KeyGroup): OpenGroup | undefined {
  for (const group of groups) if (group.name === wanted) return group;
  return undefined;
}

function wipeSubject(entry: CachedSubject): void {
  if (entry.state === 'live') for (const group of entry.groups) group.wipe();
}
