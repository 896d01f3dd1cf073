import type { FieldCode, LawfulBasis, Purpose } from '@libs/privacy-core';
import type { FieldSpec } from '../cipher/field-spec.js';

/** One sealed value as it lies in its table. */
export interface PersonalCell {
  readonly subjectId: string;
  readonly spec: FieldSpec;
  /** Row part of the binding, as it was sealed. */
  readonly row: string;
  readonly sealed: Buffer | null;
}

/** Who reads, why and what; never taken from a request. */
export interface Reader {
  readonly tenantId: string;
  readonly memberId: string;
  readonly role: string;
  readonly purpose: Purpose;
  readonly correlationId: string;
  /** `contact:<id>`, `contacts 25`, `conversation:<id> 12-40`. */
  readonly range: string;
}

/** A ground other than consent, with what the register says about it (P-0111). */
export interface UsedGround {
  readonly basis: LawfulBasis;
  readonly note: string;
}

/** A read that showed sensitive values, or any values without consent, to be accounted beside it (P-1010, P-0111). */
export interface ReadNote {
  readonly reader: Reader;
  /** Those of whom a value was shown in plain. */
  readonly subjects: readonly string[];
  readonly fields: readonly FieldCode[];
  /** How many values were shown as masks. */
  readonly masked: number;
  /** For a use without consent, which has an entry of its own. */
  readonly ground?: UsedGround;
}

/** Where the gate leaves its notes. */
export interface ReadAccounting {
  note(read: ReadNote): void;
  /** Resolves when notes can be taken again; undefined = now. */
  room(): Promise<void> | undefined;
}
