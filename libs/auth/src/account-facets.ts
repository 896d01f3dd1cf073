import type { PersonalFacets } from '@libs/privacy-core';

/** What is the same for every personal field of an account, whichever of its tables it lies in. */
export const ACCOUNT = { log: 'never', erase: 'delete-row', retain: 'service-account', subject: 'subjectId' } as const;

/** Why somebody is reached at an address or number of theirs, and recognized by it. */
const SIGN_IN = { ...ACCOUNT, tier: 'T2', purposes: ['service-account', 'security'] } as const;
const SEALED = { ...SIGN_IN, store: { as: 'ciphertext', group: 'contact' }, export: 'include' } as const;
const INDEX = { ...SIGN_IN, show: 'hidden', export: 'exclude-derived' } as const;

/** An e-mail that somebody signs in with or is invited at, and what it is found by. */
export const SEALED_EMAIL: PersonalFacets = { ...SEALED, kind: 'contact.email', show: 'mask-email' };
/** The blind index by which such an e-mail is found; of no use without the key of the field. */
export const EMAIL_INDEX: PersonalFacets = {
  ...{ ...INDEX, kind: 'contact.email' },
  store: { as: 'blind-index', of: 'email_sealed', epoch: 'fixed' },
};

/** The mobile number of a login, and what it is found by. */
export const SEALED_MOBILE: PersonalFacets = { ...SEALED, kind: 'contact.mobile', show: 'mask-mobile' };
/** The blind index by which such a number is found. */
export const MOBILE_INDEX: PersonalFacets = {
  ...{ ...INDEX, kind: 'contact.mobile' },
  store: { as: 'blind-index', of: 'mobile_sealed', epoch: 'fixed' },
};
