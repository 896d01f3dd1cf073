import type { Clock } from '@libs/kernel';
import { UnexpectedError, UserError } from '@libs/kernel';
import type { KeyGroup, Purpose } from '@libs/privacy-core';
import { newKey, unwrapGroupKey, wipe, wrapGroupKey } from '@libs/privacy-core';
import { assertFieldPurpose } from '../cipher/field-spec.js';
import type { GroupKeyRow, KeyStore, SubjectKeyRow } from '../key-store/key-store.port.js';
import type { KmsPort } from '../kms/kms.port.js';
import { isKekGone } from '../kms/kms.port.js';
import { groupKeyAad, subjectKeyAad } from './aad.js';
import type { FieldKey } from './field-key.js';
import { Gathering } from './gathering.js';
import { groupBy } from './group-by.js';
import { KekWriter } from './kek-writer.js';
import type { CacheLoad } from './key-cache.js';
import { KeyCache } from './key-cache.js';
import { TenantKeys } from './tenant-keys.js';

const CACHED_SUBJECTS = 20_000;
const LOAD_ATTEMPTS = 4;

/** One key that somebody is about to use. */
export interface KeyRequest {
  readonly subjectId: string;
  readonly group: KeyGroup;
}

/** A person to make keys for. */
export interface NewSubject {
  readonly subjectId: string;
  /** Groups made at once; others are made on first use. */
  readonly groups: readonly KeyGroup[];
}

/** Subjects whose fields cannot be opened, and why. */
export interface Unavailable {
  readonly erased: ReadonlySet<string>;
  /** No key was ever made. */
  readonly unknown: ReadonlySet<string>;
}

/** Every later step of reading or writing about a destroyed person ends here. */
export function subjectErased(): UserError {
  return new UserError('privacy.subject-erased', 'The data of this person has been erased.', { status: 410 });
}

type Loaded = { readonly again: readonly string[]; readonly unknown: readonly string[] };

/**
 * The only door to keys. `keysFor` fetches, `fieldKey` hands out. Keys are borrowed: use them before the next `await`,
 * never keep them, because the cache overwrites what it drops.
 */
export class KeyService {
  private readonly cache: KeyCache;
  private readonly writer: KekWriter;
  private readonly tenantKeys: TenantKeys;
  private readonly births = new Gathering<NewSubject>((tenantId, subjects) => this.createSubjects(tenantId, subjects));

  constructor(
    private readonly kms: KmsPort,
    private readonly store: KeyStore,
    private readonly clock: Clock,
    capacity = CACHED_SUBJECTS,
  ) {
    this.cache = new KeyCache(clock, capacity);
    this.writer = new KekWriter(kms, store, clock);
    this.tenantKeys = new TenantKeys(kms, store, clock, this.writer);
  }

  /**
   * Makes a person's keys, durable before it returns: only then write rows about the person. Calls of the same moment
   * share one transaction.
   */
  createSubject(tenantId: string, subjectId: string, groups: readonly KeyGroup[]): Promise<void> {
    return this.births.add(tenantId, { subjectId, groups });
  }

  /** The same for several in one transaction. A subject that has keys keeps them. */
  async createSubjects(tenantId: string, subjects: readonly NewSubject[]): Promise<void> {
    const made = subjects.map((subject) => makeKeys(tenantId, subject));
    const toWrap = made.map(({ subjectId, key }) => ({ plaintext: key, aad: subjectKeyAad(tenantId, subjectId) }));
    const load = this.cache.beginLoad();
    try {
      let added: ReadonlySet<string> = new Set();
      await this.writer.write(tenantId, toWrap, async (version, wrapped) => {
        const keys = made.map(({ subjectId, rows }, at) => ({ subjectId, wrapped: wrapped[at]!, groups: rows }));
        const outcome = await this.store.addSubjects(tenantId, version, keys, this.clock.now());
        if (outcome === 'stale-kek') return outcome;
        added = outcome;
        return 'written';
      });
      for (const { subjectId, groups } of made) if (added.has(subjectId)) load.live(tenantId, subjectId, groups);
    } finally {
      load.end();
      // Also of those for whom it never came to that.
      for (const { key, groups } of made) for (const bytes of [key, ...groups.values()]) wipe(bytes);
    }
    // Those that had keys already are fetched; an erased one is refused here.
    await this.keysFor(
      tenantId,
      subjects.flatMap(({ subjectId, groups }) => groups.map((group) => ({ subjectId, group }))),
    );
  }

  /** Fetches what is missing in one query; afterwards `fieldKey` answers. Refuses if any subject is erased. */
  async keysFor(tenantId: string, requests: readonly KeyRequest[]): Promise<void> {
    const { erased, unknown } = await this.availableKeysFor(tenantId, requests);
    if (erased.size > 0) throw subjectErased();
    if (unknown.size > 0) {
      throw new UnexpectedError(
        'privacy.subject-without-key',
        'createSubject must come before the first use of a key.',
      );
    }
  }

  /** The same for lists: says which subjects cannot be opened instead of refusing the whole list. */
  async availableKeysFor(tenantId: string, requests: readonly KeyRequest[]): Promise<Unavailable> {
    const erased = new Set<string>();
    let unknown: readonly string[] = [];
    let missing = this.missing(tenantId, requests, erased);
    for (let attempt = 0; missing.size > 0; attempt++) {
      if (attempt === LOAD_ATTEMPTS)
        throw new UnexpectedError('privacy.keys-unstable', 'Keys change while being read.');
      const loaded = await this.load(tenantId, missing, erased);
      unknown = loaded.unknown;
      missing = new Map(loaded.again.map((subjectId) => [subjectId, missing.get(subjectId)!]));
    }
    return { erased, unknown: new Set(unknown) };
  }

  /**
   * A borrowed key, or undefined when `keysFor` has to be called (again). Throws for an erased subject, and for a purpose
   * that the column was not declared for.
   */
  fieldKey(
    tenantId: string,
    subjectId: string,
    group: KeyGroup,
    place: string,
    purpose: Purpose,
  ): FieldKey | undefined {
    assertFieldPurpose(place, purpose);
    const key = this.cache.fieldKey(tenantId, subjectId, group, place);
    if (key === 'destroyed') throw subjectErased();
    return key;
  }

  /** A borrowed key of the tenant by name, made on first use. */
  tenantKey(tenantId: string, name: string): Promise<Buffer> {
    return this.tenantKeys.get(tenantId, name);
  }

  /** The same without waiting: undefined when `tenantKey` has to be called. */
  cachedTenantKey(tenantId: string, name: string): Buffer | undefined {
    return this.tenantKeys.cached(tenantId, name);
  }

  /** Ends everything under a tenant key (a month of network logs). */
  async destroyTenantKey(tenantId: string, name: string): Promise<void> {
    await this.store.destroyTenantKey(tenantId, name, this.clock.now());
    this.tenantKeys.drop(tenantId, name);
  }

  /** For the invalidation feed: forgets a person's keys in this process, at once. */
  drop(tenantId: string, subjectId: string): void {
    this.cache.drop(tenantId, subjectId);
  }

  /** For the invalidation feed: forgets one key of a tenant. */
  dropTenantKey(tenantId: string, name: string): void {
    this.tenantKeys.drop(tenantId, name);
  }

  /** Forgets all: when the feed is too old, and at the end. */
  clear(): void {
    this.cache.clear();
    this.tenantKeys.clear();
  }

  private missing(
    tenantId: string,
    requests: readonly KeyRequest[],
    erased: Set<string>,
  ): ReadonlyMap<string, ReadonlySet<KeyGroup>> {
    const missing = new Map<string, Set<KeyGroup>>();
    for (const { subjectId, group } of requests) {
      const known = this.cache.known(tenantId, subjectId, group);
      if (known === 'destroyed') erased.add(subjectId);
      else if (known === 'unknown') {
        const groups = missing.get(subjectId);
        if (groups) groups.add(group);
        else missing.set(subjectId, new Set([group]));
      }
    }
    return missing;
  }

  private async load(
    tenantId: string,
    wanted: ReadonlyMap<string, ReadonlySet<KeyGroup>>,
    erased: Set<string>,
  ): Promise<Loaded> {
    const load = this.cache.beginLoad();
    try {
      const names = [...new Set([...wanted.values()].flatMap((one) => [...one]))];
      const { subjects, groups } = await this.store.readSubjects(tenantId, [...wanted.keys()], names);
      const found = new Set(subjects.map(({ subjectId }) => subjectId));
      const unknown = [...wanted.keys()].filter((subjectId) => !found.has(subjectId));
      for (const { subjectId, state } of subjects) {
        if (state === 'live') continue;
        erased.add(subjectId);
        load.destroyed(tenantId, subjectId);
      }
      const live = subjects.filter(({ state }) => state === 'live');
      return { again: await this.openLive(tenantId, live, groups, { wanted, load }), unknown };
    } finally {
      load.end();
    }
  }

  /** Returns the subjects that have to be read again: rewrapped, dropped, or with a group that was just made. */
  private async openLive(
    tenantId: string,
    live: readonly SubjectKeyRow[],
    groups: readonly GroupKeyRow[],
    context: { readonly wanted: ReadonlyMap<string, ReadonlySet<KeyGroup>>; readonly load: CacheLoad },
  ): Promise<readonly string[]> {
    const all = live.map(({ subjectId }) => subjectId);
    const opened = await this.unwrapSubjects(tenantId, live);
    if (opened === 'stale') return all;
    const again: string[] = [];
    const toMake: GroupKeyRow[] = [];
    const bySubject = groupBy(groups, ({ subjectId }) => subjectId);
    try {
      live.forEach(({ subjectId }, at) => {
        const key = opened[at]!;
        const wanted = context.wanted.get(subjectId)!;
        const found = (bySubject.get(subjectId) ?? []).filter(({ group }) => wanted.has(group));
        const keys = openGroups(key, tenantId, found);
        const absent = [...wanted].filter((group) => !keys.has(group));
        for (const group of absent) {
          toMake.push({ subjectId, group, wrapped: wrapGroup(key, tenantId, subjectId, group) });
        }
        if (absent.length === 0 && context.load.live(tenantId, subjectId, keys)) return;
        for (const bytes of keys.values()) wipe(bytes);
        again.push(subjectId);
      });
    } finally {
      for (const key of opened) wipe(key);
    }
    if (toMake.length > 0) await this.store.addGroups(tenantId, toMake, this.clock.now());
    return again;
  }

  private async unwrapSubjects(tenantId: string, rows: readonly SubjectKeyRow[]): Promise<readonly Buffer[] | 'stale'> {
    if (rows.length === 0) return [];
    const keys = rows.map(({ subjectId, kekVersion, wrapped }) => ({
      version: kekVersion,
      bytes: wrapped!,
      aad: subjectKeyAad(tenantId, subjectId),
    }));
    try {
      return await this.kms.unwrap(tenantId, keys);
    } catch (error) {
      // Read before the rotation rewrapped the row, opened after it destroyed the old KEK: the row is newer now.
      if (isKekGone(error)) return 'stale';
      throw error;
    }
  }
}

/** Fresh keys of a person: `rows` for the store, `groups` for the cache. */
function makeKeys(tenantId: string, { subjectId, groups }: NewSubject) {
  const key = newKey();
  const rows = groups.map((group) => ({ group, wrapped: wrapGroup(key, tenantId, subjectId, group) }));
  return {
    subjectId,
    key,
    rows,
    groups: openGroups(
      key,
      tenantId,
      rows.map((row) => ({ subjectId, ...row })),
    ),
  };
}

function wrapGroup(subjectKey: Buffer, tenantId: string, subjectId: string, group: KeyGroup): Buffer {
  const key = newKey();
  const wrapped = wrapGroupKey(subjectKey, groupKeyAad(tenantId, subjectId, group), key);
  wipe(key);
  return wrapped;
}

function openGroups(subjectKey: Buffer, tenantId: string, rows: readonly GroupKeyRow[]): Map<KeyGroup, Buffer> {
  return new Map(
    rows.map(({ subjectId, group, wrapped }) => [
      group,
      unwrapGroupKey(subjectKey, groupKeyAad(tenantId, subjectId, group), wrapped),
    ]),
  );
}
