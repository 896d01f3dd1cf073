import type { FieldCode, Purpose } from '@libs/privacy-core';
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

/** A read that showed sensitive values, to be accounted beside it (P-1010). */
export interface ReadNote {
  readonly reader: Reader;
  /** Those of whom a sensitive value was shown in plain. */
  readonly subjects: readonly string[];
  readonly fields: readonly FieldCode[];
  /** How many sensitive values were shown as masks. */
  readonly masked: number;
}

/** Where the gate leaves its notes. */
export interface ReadAccounting {
  note(read: ReadNote): void;
  /** Resolves when notes can be taken again; undefined = now. */
  room(): Promise<void> | undefined;
}
