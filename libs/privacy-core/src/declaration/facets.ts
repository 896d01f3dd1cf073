/** What a value tells about a person. Closed: a new kind is a decision, because notices list kinds. */
export type PersonalKind =
  | 'identity.name'
  | 'identity.nickname'
  | 'identity.picture'
  | 'identity.subject-id'
  | 'identity.document-number'
  | 'contact.email'
  | 'contact.mobile'
  | 'contact.address'
  | 'contact.social-handle'
  | 'credential.secret'
  | 'credential.token'
  | 'content.message'
  | 'content.note'
  | 'content.file'
  | 'content.form-answer'
  | 'location.position'
  | 'finance.account'
  | 'finance.transaction'
  | 'minors.guardian'
  | 'network.address'
  | 'network.user-agent'
  | 'network.request'
  | 'behaviour.activity'
  | 'behaviour.preference'
  | 'consent.evidence';

/** T1 ordinary, T2 identifying or confidential, T3 sensitive under PIPL 28 (separate consent). */
export type Tier = 'T1' | 'T2' | 'T3';

/** From the least sensitive to the most. */
export const TIERS: readonly Tier[] = ['T1', 'T2', 'T3'];

/** Why a value may be read. Any other purpose gets `Withheld`. */
export type Purpose =
  | 'support-conversation'
  | 'service-account'
  | 'security'
  | 'legal-duty'
  | 'subject-request'
  | 'customer-relations'
  | 'marketing'
  | 'service-quality'
  | 'voice-message'
  | 'picture-message'
  | 'video-message'
  | 'file-message'
  | 'location-message';

/** Every purpose; a code path cannot name another one. */
export const PURPOSES: readonly Purpose[] = [
  'support-conversation',
  'service-account',
  'security',
  'legal-duty',
  'subject-request',
  'customer-relations',
  'marketing',
  'service-quality',
  'voice-message',
  'picture-message',
  'video-message',
  'file-message',
  'location-message',
];

const KNOWN: ReadonlySet<unknown> = new Set(PURPOSES);

/** True for a word of the closed list. */
export function isPurpose(word: unknown): word is Purpose {
  return KNOWN.has(word);
}

/** Groups of the key ladder below a subject key; closed, because erasing a part of a person works by group. */
export type KeyGroup = 'contact' | 'identity' | 'finance' | 'location' | 'content' | 'minors';

/** Every group, in the order of the type. */
export const KEY_GROUPS: readonly KeyGroup[] = ['contact', 'identity', 'finance', 'location', 'content', 'minors'];

/** How a value lies on disk. Anything but ciphertext says why. */
export type StoreFacet =
  | { readonly as: 'ciphertext'; readonly group: KeyGroup }
  /** Under a key of the tenant (network log of a month, notes of the desk): the duty to keep outlives the person's key. */
  | { readonly as: 'tenant-ciphertext'; readonly key: 'log' | 'desk' }
  /** Keyed pseudonym of the named column, for exact search. */
  | { readonly as: 'blind-index'; readonly of: string; readonly epoch: 'yearly' | 'fixed' }
  /** One-way, salted (secrets, tokens). */
  | { readonly as: 'hash'; readonly why: string }
  | { readonly as: 'plain'; readonly why: string };

/** How much of it a member sees without revealing. */
export type ShowFacet =
  | 'full'
  | 'mask-name'
  | 'mask-mobile'
  | 'mask-email'
  | 'mask-handle'
  | 'mask-address'
  | 'mask-number'
  | 'hidden';

/** Whether the application log may name it. */
export type LogFacet = 'never' | 'allowed';

/** What a person's export holds of it. */
export type ExportFacet = 'include' | 'exclude-secret' | 'exclude-derived' | 'exclude-about-others';

/** What erasure does to it; the key of the person is destroyed besides. */
export type EraseFacet = 'delete-row' | 'clear-value' | 'cut-link' | 'keep-until-floor';

/** The retention schedule that decides when it goes. */
export type RetainFacet =
  | 'conversation'
  | 'profile'
  | 'service-account'
  | 'service-session'
  | 'consent-evidence'
  | 'network-log'
  | 'transaction'
  | 'request-record'
  | 'audit';

/** One declaration; every facet is its own key and none has a default. */
export interface PersonalFacets {
  readonly kind: PersonalKind;
  readonly tier: Tier;
  readonly purposes: readonly [Purpose, ...Purpose[]];
  readonly store: StoreFacet;
  readonly show: ShowFacet;
  readonly log: LogFacet;
  readonly export: ExportFacet;
  readonly erase: EraseFacet;
  readonly retain: RetainFacet;
  /** Property (or path) of the same row that holds the subject's id; the row's own `id` for a table of people. */
  readonly subject: string;
}

/** What one place holds: personal data with its facets, or a reason why not. */
export type Declared =
  | { readonly personal: true; readonly facets: PersonalFacets }
  | { readonly personal: false; readonly why: string };

/** For JSON paths and stores: the value form of `@Personal`. */
export function personal(facets: PersonalFacets): Declared {
  return { personal: true, facets };
}

/** For JSON paths and stores: the value form of `@NotPersonal`. */
export function notPersonal(why: string): Declared {
  if (why.trim().length < 3) throw new TypeError('notPersonal() needs a reason that a reviewer can judge.');
  return { personal: false, why };
}
