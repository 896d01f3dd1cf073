import type { Purpose, RetainFacet, Tier } from '../declaration/facets.js';
import type { FieldCode } from './fields.js';
import type { LawfulBasis } from './lawful-basis.js';

/** How a person allows one field of a function. */
export type FieldConsent =
  /** The function's own consent names it: refusing it refuses the function. */
  | 'with-purpose'
  /** Asked for by itself; refusing it costs only this field. */
  | 'own'
  /** Separate consent, because it is sensitive (P-0402). */
  | 'separate';

/** One field of one function. */
export interface ActivityField {
  readonly field: FieldCode;
  readonly consent: FieldConsent;
}

/** How a recipient is named: by its code in the directory of processors. */
export const RECIPIENT = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** One row of the processing register: a function, what it needs, and why it may. */
export interface Activity {
  readonly purpose: Purpose;
  /** Basic: without it there is no service. Extended: refusing costs this function alone (P-0104). */
  readonly kind: 'basic' | 'extended';
  readonly enabled: boolean;
  readonly basis: LawfulBasis;
  /** Reference to the law, required for `L-OTHERLAW`; free text for the others. */
  readonly basisNote: string;
  readonly fields: readonly ActivityField[];
  /** Codes of recipients from the processor directory; empty = nobody else gets it. */
  readonly recipients: readonly string[];
  readonly retain: RetainFacet;
  /** Calendar months. */
  readonly retainMonths: number;
  /** Consents given for an older one do not count any more (P-0103). */
  readonly consentVersion: number;
}

/** What a role sees of a field: the value, its mask, or nothing. */
export type Visibility = 'plain' | 'masked' | 'none';

/** Roles of members, as the field policy lists them. */
export type PolicyRole = 'owner' | 'admin' | 'supervisor' | 'agent' | 'privacy-officer';

/** All roles, in the order of the fields screen. */
export const POLICY_ROLES: readonly PolicyRole[] = ['owner', 'admin', 'supervisor', 'agent', 'privacy-officer'];

/** Tier and visibility of one field in one workspace. */
export interface FieldPolicy {
  readonly field: FieldCode;
  readonly tier: Tier;
  readonly roles: Readonly<Record<PolicyRole, Visibility>>;
}

/** One version of a tenant's instructions: what is processed, why, and who sees it (P-0202). */
export interface Register {
  readonly activities: readonly Activity[];
  readonly fields: readonly FieldPolicy[];
  /** Grounds beyond the ordinary ones that the tenant switched on (C-21). */
  readonly allowedBases: readonly LawfulBasis[];
}
