import type { KeyGroup } from '@libs/privacy-core';

/** Steps of a rotation as the key store remembers them; `steady` is no rotation. */
export type KekPhase = 'steady' | 'rewrapping' | 'copying' | 'destroying';

/** Which KEK version of a tenant is in force. Rows are accepted under no other one. */
export interface KekState {
  readonly version: number;
  readonly phase: KekPhase;
  /** When this version came into force, ms. */
  readonly since: number;
}

/** The key of one person, wrapped by the tenant's KEK. A destroyed one is a tombstone without bytes. */
export interface SubjectKeyRow {
  readonly subjectId: string;
  readonly state: 'live' | 'destroyed';
  readonly kekVersion: number;
  readonly wrapped: Buffer | null;
}

/** A key below a subject's key, wrapped by that. */
export interface GroupKeyRow {
  readonly subjectId: string;
  readonly group: KeyGroup;
  readonly wrapped: Buffer;
}

/** A key of the tenant itself (`index:auth_login.email:1`, `log:2026-11`, `slip`), wrapped by the tenant's KEK. */
export interface TenantKeyRow {
  readonly name: string;
  readonly state: 'live' | 'destroyed';
  readonly kekVersion: number;
  readonly wrapped: Buffer | null;
}

/** A row wrapped by the KEK, of either kind, as the rotation sees it. */
export interface WrappedRow {
  readonly kind: 'subject' | 'tenant';
  /** Subject id or name of the tenant key. */
  readonly id: string;
  readonly kekVersion: number;
  readonly wrapped: Buffer;
}

/** A row that the rotation puts in place of exactly `old`. */
export interface RewrappedRow {
  readonly old: WrappedRow;
  readonly wrapped: Buffer;
}

/** A new person's key with the group keys that are made at once. */
export interface NewSubjectKey {
  readonly subjectId: string;
  readonly wrapped: Buffer;
  readonly groups: readonly { readonly group: KeyGroup; readonly wrapped: Buffer }[];
}

/** `stale-kek`: another version is in force, nothing was written, try again under that. */
export type WriteOutcome = 'written' | 'stale-kek';

/** The subjects that were new, or that another KEK version is in force. */
export type AddOutcome = 'stale-kek' | ReadonlySet<string>;

/** What a copy of the key store holds of one tenant. */
export interface CopyContents {
  /** Rows wrapped under another version than the one asked for. */
  readonly stale: number;
  readonly live: number;
  readonly sample: readonly WrappedRow[];
}

/** A person's key that nobody has seen a row for yet. */
export interface UnconfirmedSubject {
  readonly tenantId: string;
  readonly subjectId: string;
}

/**
 * Wrapped keys, in a database of their own: never in the data's database, never in its dumps. Every method is one
 * transaction, durable when it returns. Methods that write keys check the KEK version in the same transaction.
 */
export interface KeyStore {
  /** Opens, migrates, and checks that the engine really syncs and wipes; refuses otherwise. */
  open(): Promise<void>;
  close(): Promise<void>;
  kekState(tenantId: string): Promise<KekState | undefined>;
  /** Writes the first state unless there is one, returns the one in force. */
  startKek(tenantId: string, version: number, now: number): Promise<KekState>;
  /** Moves the state if it still is `from`; false when another process was faster. */
  moveKek(tenantId: string, from: KekState, to: KekState): Promise<boolean>;
  tenants(): Promise<readonly string[]>;
  /** Tenants with a key destroyed since their KEK came into force, or with an unfinished rotation. */
  tenantsToRotate(): Promise<readonly string[]>;
  /** Existing subjects are left as they are. */
  addSubjects(tenantId: string, kekVersion: number, keys: readonly NewSubjectKey[], now: number): Promise<AddOutcome>;
  /** The rows of these people, with those of their group keys that are named. */
  readSubjects(
    tenantId: string,
    subjectIds: readonly string[],
    groups: readonly KeyGroup[],
  ): Promise<{ readonly subjects: readonly SubjectKeyRow[]; readonly groups: readonly GroupKeyRow[] }>;
  /** Keeps a row that is there already; writes nothing for a subject that is not live. */
  addGroups(tenantId: string, rows: readonly GroupKeyRow[], now: number): Promise<void>;
  readTenantKeys(tenantId: string, names: readonly string[]): Promise<readonly TenantKeyRow[]>;
  /** Keeps a row that is there already. */
  addTenantKey(
    tenantId: string,
    kekVersion: number,
    key: { readonly name: string; readonly wrapped: Buffer },
    now: number,
  ): Promise<WriteOutcome>;
  /** Deletes bytes and group rows and leaves a tombstone, also where there was no key yet. Idempotent. */
  destroySubject(tenantId: string, subjectId: string, now: number): Promise<void>;
  destroyTenantKey(tenantId: string, name: string, now: number): Promise<void>;
  /** Live rows under another version than `version`, any `limit` of them. */
  staleRows(tenantId: string, version: number, limit: number): Promise<readonly WrappedRow[]>;
  countStale(tenantId: string, version: number): Promise<number>;
  /** Replaces each row that still holds exactly the old bytes; the others have been destroyed or rewrapped. */
  replaceWrapped(tenantId: string, version: number, rows: readonly RewrappedRow[]): Promise<WriteOutcome>;
  /** Live subject keys made before `before` that were not confirmed yet. */
  unconfirmedSubjects(before: number, limit: number): Promise<readonly UnconfirmedSubject[]>;
  confirmSubjects(tenantId: string, subjectIds: readonly string[]): Promise<void>;
  /** Writes a whole, durable copy into `folder`, returns its path. */
  copyInto(folder: string, name: string): Promise<string>;
  /** Reads a copy back: it must be undamaged. */
  inspectCopy(path: string, tenantId: string, version: number): Promise<CopyContents>;
}
