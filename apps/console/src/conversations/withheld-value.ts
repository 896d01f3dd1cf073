import type { PersonalValue, TextWithheld, WithheldBecause } from '@libs/contracts';

/** A text that may not be read, as the face it has on every screen. The stream does not say when that was decided. */
export function withheldValue(reason: WithheldBecause): Extract<PersonalValue, { readonly face: 'withheld' }> {
  return { face: 'withheld', reason, at: null };
}

/** The same where it may also be the workspace that does not let the role read it. */
export function unreadValue(reason: TextWithheld): PersonalValue {
  return reason === 'no-permission' ? { face: 'no-permission' } : withheldValue(reason);
}
