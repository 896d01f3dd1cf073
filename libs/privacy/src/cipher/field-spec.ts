import type { FieldCode, KeyGroup, Purpose } from '@libs/privacy-core';
import { purposeWatch } from './purpose-watch.js';

/** A sealed column: which key group opens it, what its ciphertext is bound to and what it is there for. */
export interface FieldSpec {
  readonly table: string;
  readonly column: string;
  readonly group: KeyGroup;
  /** `table.column`, the label of the field key. */
  readonly label: string;
  /** Why it may be sealed or opened; cipher and key service refuse any other purpose. */
  readonly purposes: readonly [Purpose, ...Purpose[]];
  /** The field of the register, where the tenant's instructions name it. */
  readonly code: FieldCode | undefined;
}

const declared = new Map<string, FieldSpec>();

/** Names a sealed column, once for the process: a second declaration must say the same. */
export function field(
  table: string,
  column: string,
  group: KeyGroup,
  purposes: readonly [Purpose, ...Purpose[]],
  code?: FieldCode,
): FieldSpec {
  const spec = { table, column, group, label: `${table}.${column}`, purposes, code };
  const known = declared.get(spec.label);
  if (known && (known.group !== group || known.code !== code || known.purposes.join() !== purposes.join())) {
    throw new TypeError(`${spec.label} is declared twice, differently.`);
  }
  declared.set(spec.label, spec);
  return spec;
}

/** The key port's own check: throws unless the column `label` was declared for `purpose`. */
export function assertFieldPurpose(label: string, purpose: Purpose): void {
  purposeWatch.assertDeclared(label, declared.get(label)?.purposes, purpose);
}
