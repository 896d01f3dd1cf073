import type { Register, RegisterProblem } from '@libs/privacy-core';

/** One version of a tenant's instructions, with who gave it (P-0202). Version 1 is the product's default. */
export interface RegisterVersion {
  readonly version: number;
  readonly register: Register;
  readonly changedAt: number;
  /** Member id; null for the default. */
  readonly changedBy: string | null;
  readonly note: string;
  /** Of the content, see `registerHash`. */
  readonly hash: string;
}

/** A member at work. */
export interface Who {
  readonly tenantId: string;
  readonly memberId: string;
  readonly correlationId: string;
}

/** A new version as somebody sends it; everything is checked. */
export interface RegisterChangeAct {
  /** The version that was edited. */
  readonly baseVersion: number;
  readonly register: Register;
  readonly note: string;
  /** Needed where somebody would see more than before. */
  readonly approvalId?: string | undefined;
}

/** What a change would do. */
export interface RegisterEffect {
  /** Functions whose consents stop counting, with how many people must be asked again. */
  readonly freshConsent: readonly { readonly purpose: string; readonly people: number }[];
  /** Fields that need a second person. */
  readonly loosened: readonly string[];
  readonly problems: readonly RegisterProblem[];
}
