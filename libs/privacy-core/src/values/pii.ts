import { UnexpectedError } from '@libs/kernel';
import type { Purpose } from '../declaration/facets.js';

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * An opened personal value on its way through the process. It cannot become text by accident: a template, a log, a
 * JSON answer and a debugger's print all fail or show nothing. `reveal` is the one way, and it names the purpose.
 */
export class Pii<T> {
  readonly #value: T;
  readonly #purpose: Purpose;

  constructor(value: T, purpose: Purpose) {
    this.#value = value;
    this.#purpose = purpose;
  }

  /** The value, for the purpose it was opened for; throws `privacy.purpose-differs` for another one. */
  reveal(purpose: Purpose): T {
    if (purpose === this.#purpose) return this.#value;
    throw new UnexpectedError('privacy.purpose-differs', 'A value was opened for one purpose and used for another');
  }

  toString(): never {
    throw new UnexpectedError('privacy.value-stringified', 'A personal value was about to become text');
  }

  toJSON(): never {
    throw new UnexpectedError('privacy.value-serialised', 'A personal value was about to become JSON');
  }

  valueOf(): never {
    return this.toString();
  }

  [Symbol.toPrimitive](): never {
    return this.toString();
  }

  [INSPECT](): string {
    return '[personal]';
  }
}
