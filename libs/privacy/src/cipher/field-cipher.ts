import { UnexpectedError } from '@libs/kernel';
import { fieldAad, type KeyGroup, type Purpose, sealValue } from '@libs/privacy-core';
import type { FieldKey } from '../key-ladder/field-key.js';
import type { FieldSpec } from './field-spec.js';
import { purposeWatch } from './purpose-watch.js';

/** Erased people, and those who never had a key: their values cannot be opened. */
export type Closed = ReadonlySet<string>;

/**
 * The only door between personal values and their ciphertext (design 1.3). Keys are loaded in bulk, then used at once,
 * and each use names its purpose: one that the column does not have is refused as a defect.
 */
export interface FieldCipher {
  /** Brings the keys of `subjectIds` for `group` into memory: one query for all that are missing. */
  load(tenantId: string, subjectIds: readonly string[], group: KeyGroup): Promise<void>;
  /** The same for lists of any groups: answers who cannot be opened instead of refusing the whole list. */
  loadAvailable(tenantId: string, wishes: readonly KeyWish[]): Promise<Closed>;
  /** True when `seal` and `open` will not need `load` first. */
  ready(tenantId: string, subjectId: string, field: FieldSpec): boolean;
  /** `seal` if the key is in memory, undefined if `load` must come first: one look-up on the message path. */
  sealNow(...place: Sealing): Buffer | undefined;
  /** Ciphertext bound to tenant, subject, column and `row`. */
  seal(...place: Sealing): Buffer;
  /** Plain text; throws `privacy.ciphertext-invalid` for a value that lies in another place than it was sealed for. */
  open(...place: Opening): string;
}

/** Where a value will lie, the value, and why. */
export type Sealing = [
  tenantId: string,
  subjectId: string,
  field: FieldSpec,
  row: string,
  text: string,
  purpose: Purpose,
];

/** Where a value lies, its ciphertext, and why it is opened. */
export type Opening = [
  tenantId: string,
  subjectId: string,
  field: FieldSpec,
  row: string,
  sealed: Buffer,
  purpose: Purpose,
];

/** Where field keys come from: the key service. */
export interface FieldKeys {
  keysFor(tenantId: string, requests: readonly KeyWish[]): Promise<unknown>;
  availableKeysFor(
    tenantId: string,
    requests: readonly KeyWish[],
  ): Promise<{ readonly erased: ReadonlySet<string>; readonly unknown: ReadonlySet<string> }>;
  fieldKey(tenantId: string, subjectId: string, group: KeyGroup, label: string, purpose: Purpose): FieldKey | undefined;
}

/** A key that will be needed. */
export interface KeyWish {
  readonly subjectId: string;
  readonly group: KeyGroup;
}

/** Under this name the composition root binds a `FieldCipher`. */
export const FIELD_CIPHER = Symbol('FieldCipher');

/** The cipher of the product. */
export class KeyedFieldCipher implements FieldCipher {
  constructor(private readonly keys: FieldKeys) {}

  async load(tenantId: string, subjectIds: readonly string[], group: KeyGroup): Promise<void> {
    await this.keys.keysFor(tenantId, wishesOf(subjectIds, group));
  }

  async loadAvailable(tenantId: string, wishes: readonly KeyWish[]): Promise<Closed> {
    const { erased, unknown } = await this.keys.availableKeysFor(tenantId, wishes);
    return new Set([...erased, ...unknown]);
  }

  ready(tenantId: string, subjectId: string, { group, label, purposes }: FieldSpec): boolean {
    return this.keys.fieldKey(tenantId, subjectId, group, label, purposes[0]) !== undefined;
  }

  // Parameters written out: gathering them into an array costs a message a microsecond.
  sealNow(
    tenantId: string,
    subjectId: string,
    spec: FieldSpec,
    row: string,
    text: string,
    purpose: Purpose,
  ): Buffer | undefined {
    const key = this.key(tenantId, subjectId, spec, purpose);
    return key && sealValue(key.bytes, fieldAad(tenantId, subjectId, spec.table, spec.column, row), text);
  }

  seal(...place: Sealing): Buffer {
    const sealed = this.sealNow(...place);
    if (!sealed) throw notLoaded(place[2]);
    return sealed;
  }

  open(tenantId: string, subjectId: string, spec: FieldSpec, row: string, sealed: Buffer, purpose: Purpose): string {
    const key = this.key(tenantId, subjectId, spec, purpose);
    if (!key) throw notLoaded(spec);
    const known = key.recall(row, sealed);
    if (known !== undefined) return known;
    const plain = key.open(fieldAad(tenantId, subjectId, spec.table, spec.column, row), sealed);
    const text = plain.toString('utf8');
    // What lists show again and again: a person's one value of a field, and the last message.
    if (spec.code !== undefined) key.remember(row, sealed, plain);
    return text;
  }

  private key(tenantId: string, subjectId: string, spec: FieldSpec, purpose: Purpose): FieldKey | undefined {
    purposeWatch.assertDeclared(spec.label, spec.purposes, purpose);
    return this.keys.fieldKey(tenantId, subjectId, spec.group, spec.label, purpose);
  }
}

function wishesOf(subjectIds: readonly string[], group: KeyGroup): KeyWish[] {
  return [...new Set(subjectIds)].map((subjectId) => ({ subjectId, group }));
}

function notLoaded({ label }: FieldSpec): UnexpectedError {
  return new UnexpectedError('privacy.key-not-loaded', `The key for ${label} was not loaded before use`);
}

const NOBODY: Closed = new Set();

/**
 * Writes plain text: exists so that the benchmark can measure what privacy costs. Bound only by the bench's
 * composition, which refuses to run in any other profile.
 */
export class PassThroughCipher implements FieldCipher {
  load(): Promise<void> {
    return Promise.resolve();
  }

  loadAvailable(): Promise<Closed> {
    return Promise.resolve(NOBODY);
  }

  ready(): boolean {
    return true;
  }

  sealNow(...place: Sealing): Buffer {
    return this.seal(...place);
  }

  seal(...place: Sealing): Buffer {
    return Buffer.from(place[4], 'utf8');
  }

  open(...place: Opening): string {
    return place[4].toString('utf8');
  }
}
