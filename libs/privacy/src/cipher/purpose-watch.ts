import { UnexpectedError } from '@libs/kernel';
import { isPurpose, type Purpose } from '@libs/privacy-core';

/**
 * Counts what must never happen: a read or write of personal data that names no purpose, or one that its column does not
 * have. Each is refused as a defect; the number is shown to whoever watches the process and stays 0.
 */
export class PurposeWatch {
  private refused = 0;

  /** Refusals since the process started. */
  get readsWithoutPurpose(): number {
    return this.refused;
  }

  /** Throws `privacy.purpose-missing` unless `purpose` is a word of the closed list. */
  assertPurpose(purpose: unknown): asserts purpose is Purpose {
    if (isPurpose(purpose)) return;
    this.refused += 1;
    throw new UnexpectedError('privacy.purpose-missing', 'Personal data was touched without a purpose');
  }

  /** Throws `privacy.purpose-missing`, or `privacy.purpose-undeclared` unless `declared` has the purpose. */
  assertDeclared(label: string, declared: readonly Purpose[] | undefined, purpose: unknown): void {
    if (declared?.includes(purpose as Purpose)) return;
    this.assertPurpose(purpose);
    this.refused += 1;
    throw new UnexpectedError('privacy.purpose-undeclared', `The column ${label} is not there for this purpose`);
  }
}

/** The one counter of the process. */
export const purposeWatch: PurposeWatch = new PurposeWatch();
