import type { Clock } from '@libs/kernel';
import { Lru, pairKey } from '@libs/kernel';
import type { KeyGroup } from '@libs/privacy-core';
import { deriveFieldKey, fieldSecret, wipe } from '@libs/privacy-core';
import { FieldKey } from './field-key.js';

/** Nothing is handed out that was read longer ago. */
const FRESH_MS = 60_000;
/**
 * From this age on a key is read again by whoever asks for it: what was there when it was asked for is still there when it is
 * used, also on a machine that stands still in between.
 */
const RENEWED_MS = 50_000;

/** A group key, of which only that is kept from which its field keys are derived. */
interface OpenGroup {
  readonly secret: Buffer;
  readonly loadedAt: number;
}

/** Opened keys of one person, or the knowledge that they are destroyed. */
type CachedSubject =
  | { readonly state: 'destroyed'; readonly loadedAt: number }
  | { readonly state: 'live'; readonly groups: Map<KeyGroup, OpenGroup>; readonly fields: Map<string, FieldKey> };

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
    const open = entry.groups.get(group);
    return open !== undefined && this.age(open) < RENEWED_MS ? 'open' : 'unknown';
  }

  /** The hot path, with what it opened last: derived once per person, group and column, then three look-ups. */
  fieldKey(tenantId: string, subjectId: string, group: KeyGroup, place: string): FieldKey | 'destroyed' | undefined {
    // Not renewed: a key lives a minute at most, so the order of loading is as good as that of use.
    const entry = this.subjects.peek(pairKey(tenantId, subjectId));
    if (entry === undefined) return undefined;
    if (entry.state === 'destroyed') return this.age(entry) <= FRESH_MS ? 'destroyed' : undefined;
    const open = entry.groups.get(group);
    if (open === undefined) return undefined;
    if (this.age(open) > FRESH_MS) {
      forgetGroup(entry, group);
      return undefined;
    }
    const known = entry.fields.get(place);
    if (known?.group === group) return known;
    const key = new FieldKey(group, deriveFieldKey(open.secret, place));
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

  private age({ loadedAt }: { readonly loadedAt: number }): number {
    return this.clock.now() - loadedAt;
  }

  /** Each group has an age of its own: what is read of one says nothing about the others. */
  private open(key: string, groups: ReadonlyMap<KeyGroup, Buffer>, loadedAt: number): void {
    const known = this.subjects.peek(key);
    const entry = known?.state === 'live' ? known : ({ state: 'live', groups: new Map(), fields: new Map() } as const);
    for (const [group, bytes] of groups) {
      forgetGroup(entry, group);
      entry.groups.set(group, { secret: fieldSecret(bytes), loadedAt });
    }
    this.subjects.set(key, entry);
  }
}

/** One load under way, see `KeyCache.beginLoad`. */
export interface CacheLoad {
  destroyed(tenantId: string, subjectId: string): void;
  /** Takes the group keys, which are overwritten. False when the person was dropped meanwhile: read again. */
  live(tenantId: string, subjectId: string, groups: ReadonlyMap<KeyGroup, Buffer>): boolean;
  end(): void;
}

function forgetGroup({ groups, fields }: Extract<CachedSubject, { state: 'live' }>, group: KeyGroup): void {
  const open = groups.get(group);
  if (open === undefined) return;
  wipe(open.secret);
  groups.delete(group);
  for (const [place, key] of fields) {
    if (key.group !== group) continue;
    key.wipe();
    fields.delete(place);
  }
}

function wipeSubject(entry: CachedSubject): void {
  if (entry.state === 'destroyed') return;
  for (const group of [...entry.groups.keys()]) forgetGroup(entry, group);
}
