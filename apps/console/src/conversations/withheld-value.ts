import type { PersonalValue, WithheldBecause } from '@libs/contracts';

/** A text that may not be read, as the face it has on every screen. The stream does not say when that was decided. */
export function withheldValue(reason: WithheldBecause): Extract<PersonalValue, { readonly face: 'withheld' }> {
  return { face: 'withheld', reason, at: null };
}
