import { UnexpectedError } from '@libs/kernel';
import { fieldAad, type KeyGroup, openField, sealField } from '@libs/privacy-core';

/** A sealed column: which key group opens it and what its ciphertext is bound to. Made once, by `field`. */
export interface FieldSpec {
  readonly table: string;
  readonly column: string;
  readonly group: KeyGroup;
  /** `table.column`, the label of the field key. */
  readonly label: string;
}

/** Names a sealed column. */
export function field(table: string, column: string, group: KeyGroup): FieldSpec {
  return { table, column, group, label: `${table}.${column}` };
}

/** The only door between personal values and their ciphertext (design 1.3). Keys are loaded in bulk, then used at once. */
export interface FieldCipher {
  /** Brings the keys of `subjectIds` for `group` into memory: one query for all that are missing. */
  load(tenantId: string, subjectIds: readonly string[], group: KeyGroup): Promise<void>;
  /** True when `seal` and `open` will not need `load` first. */
  ready(tenantId: string, subjectId: string, field: FieldSpec): boolean;
  /** `seal` if the key is in memory, undefined if `load` must come first: one look-up on the message path. */
  sealNow(tenantId: string, subjectId: string, field: FieldSpec, row: string, text: string): Buffer | undefined;
  /** Ciphertext bound to tenant, subject, column and `row`. */
  seal(tenantId: string, subjectId: string, field: FieldSpec, row: string, text: string): Buffer;
  /** Plain text; throws `privacy.ciphertext-invalid` for a value that lies in another place than it was sealed for. */
  open(tenantId: string, subjectId: string, field: FieldSpec, row: string, sealed: Buffer): string;
}

/** Where field keys come from: the key service. */
export interface FieldKeys {
  keysFor(
    tenantId: string,
    requests: readonly { readonly subjectId: string; readonly group: KeyGroup }[],
  ): Promise<unknown>;
  fieldKey(tenantId: string, subjectId: string, group: KeyGroup, label: string): Buffer | undefined;
}

export const FIELD_CIPHER = Symbol('FieldCipher');

/** The cipher of the product. */
export class KeyedFieldCipher implements FieldCipher {
  constructor(private readonly keys: FieldKeys) {}

  async load(tenantId: string, subjectIds: readonly string[], group: KeyGroup): Promise<void> {
    await this.keys.keysFor(
      tenantId,
      [...new Set(subjectIds)].map((subjectId) => ({ subjectId, group })),
    );
  }

  ready(tenantId: string, subjectId: string, { group, label }: FieldSpec): boolean {
    return this.keys.fieldKey(tenantId, subjectId, group, label) !== undefined;
  }

  sealNow(tenantId: string, subjectId: string, spec: FieldSpec, row: string, text: string): Buffer | undefined {
    const key = this.keys.fieldKey(tenantId, subjectId, spec.group, spec.label);
    return key && sealField(key, fieldAad(tenantId, subjectId, spec.table, spec.column, row), text);
  }

  seal(tenantId: string, subjectId: string, spec: FieldSpec, row: string, text: string): Buffer {
    const sealed = this.sealNow(tenantId, subjectId, spec, row, text);
    if (!sealed) throw notLoaded(spec);
    return sealed;
  }

  open(tenantId: string, subjectId: string, spec: FieldSpec, row: string, sealed: Buffer): string {
    const aad = fieldAad(tenantId, subjectId, spec.table, spec.column, row);
    return openField(this.key(tenantId, subjectId, spec), aad, sealed).toString('utf8');
  }

  private key(tenantId: string, subjectId: string, spec: FieldSpec): Buffer {
    const key = this.keys.fieldKey(tenantId, subjectId, spec.group, spec.label);
    if (!key) throw notLoaded(spec);
    return key;
  }
}

function notLoaded({ label }: FieldSpec): UnexpectedError {
  return new UnexpectedError('privacy.key-not-loaded', `The key for ${label} was not loaded before use`);
}

/**
 * Writes plain text: exists so that the benchmark can measure what privacy costs. Bound only by the bench's
 * composition, which refuses to run in any other profile.
 */
export class PassThroughCipher implements FieldCipher {
  load(): Promise<void> {
    return Promise.resolve();
  }

  ready(): boolean {
    return true;
  }

  sealNow(tenantId: string, subjectId: string, field: FieldSpec, row: string, text: string): Buffer {
    return this.seal(tenantId, subjectId, field, row, text);
  }

  seal(_tenantId: string, _subjectId: string, _field: FieldSpec, _row: string, text: string): Buffer {
    return Buffer.from(text, 'utf8');
  }

  open(_tenantId: string, _subjectId: string, _field: FieldSpec, _row: string, sealed: Buffer): string {
    return sealed.toString('utf8');
  }
}
