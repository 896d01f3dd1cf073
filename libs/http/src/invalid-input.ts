import { UserError } from '@libs/kernel';
import type { ValidationError } from 'class-validator';

/** One field that was refused, and the rule that refused it; never its value. */
export interface FieldFault {
  readonly field: string;
  readonly rule: string;
}

const MAX_FAULTS = 20;
const MAX_NAME = 64;

/** 422: the input has a wrong form. Names the fields; `code` where a screen has words of its own for them. */
export class InvalidInputError extends UserError {
  constructor(
    readonly faults: readonly FieldFault[],
    code = 'http.invalid-input',
  ) {
    super(code, 'Some fields are missing or wrong.', { status: 422 });
  }
}

/** One field that may not be processed, and why not; never its value. */
export interface FieldRefusal {
  readonly field: string;
  readonly reason: string;
}

/**
 * The form is right, but some fields may not be processed: names them with their reasons (P-0112). 422 where nobody may
 * process them here at all, 403 where somebody's word would change that.
 */
export class FieldsRefusedError extends UserError {
  constructor(
    code: string,
    message: string,
    readonly refusals: readonly FieldRefusal[],
    status: 403 | 422 = 403,
  ) {
    super(code, message, { status, details: { fields: refusals.map(({ field }) => field).join(',') } });
  }
}

/** Turns what the validator found into field faults. */
export function invalidInput(errors: readonly ValidationError[]): InvalidInputError {
  return new InvalidInputError(errors.flatMap((error) => faultsOf(error, '')).slice(0, MAX_FAULTS));
}

function faultsOf(error: ValidationError, parent: string): FieldFault[] {
  const name = error.property.slice(0, MAX_NAME);
  const field = parent === '' ? name : /^\d+$/.test(name) ? `${parent}[${name}]` : `${parent}.${name}`;
  const own = Object.keys(error.constraints ?? {}).map((rule) => ({ field, rule: RENAMED[rule] ?? rule }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, field))];
}

const RENAMED: Readonly<Record<string, string>> = { whitelistValidation: 'unknown', unknownValue: 'isObject' };
