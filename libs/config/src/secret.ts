import { inspect } from 'node:util';

const HIDDEN = '[secret]';

/** A value that is shown nowhere by accident: printing, JSON and inspection give `[secret]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for the one call that needs it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}

/** Secrets that examples, demos and container files carry; each is public and therefore no secret. */
const SAMPLE = /change-?me|example|sample|demo|minioadmin|^(secret|password|root|admin|test|custodia|token|dev)$/i;

/** True for a password, key or token that a production start refuses: empty, well known, or too short to be random. */
export function isSampleSecret(value: string): boolean {
  return value.length < 12 || SAMPLE.test(value);
}
