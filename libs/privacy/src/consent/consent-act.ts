import type { ConsentMethod, ConsentRecord, Decided, Decision } from '@libs/privacy-core';

/** Who decides: the person, a guardian, or a member who was told (by method `spoken` or `written`). */
export type ConsentActor = 'visitor' | 'guardian' | `member:${string}`;

/** Where, how and by whom something is decided. */
export interface ConsentCircumstances {
  readonly tenantId: string;
  readonly subjectId: string;
  readonly locale: string;
  readonly screen: string;
  readonly channel: string;
  readonly method: ConsentMethod;
  readonly actor: ConsentActor;
  readonly correlationId: string;
}

/** One decision about one scope, as it comes from outside: the book checks all of it. */
export interface ConsentAct extends ConsentCircumstances {
  readonly decision: Decision;
  readonly scope: unknown;
  /** Must be the literal `true` for a grant, and must not be `true` for anything else. */
  readonly granted?: unknown;
  readonly version: unknown;
  readonly noticeHash: unknown;
  /**
   * Text and version in force where the tenant publishes its own about this scope (the notice of an inbox). Said by the
   * caller, never taken from a request; without it the text is the one that the register gives.
   */
  readonly published?: { readonly hash: string; readonly version: number } | undefined;
  /**
   * The mark of the person's decisions that was on their screen (`ConsentBook.decisions`); an act that was overtaken is
   * refused. Without it the act follows whatever came before.
   */
  readonly after?: string | null | undefined;
  /** The same act, sent again, has the same nonce; at most 64 characters. */
  readonly nonce?: string | undefined;
}

/** A record of the book and whether its seal still fits. */
export type CheckedRecord = ConsentRecord & { readonly intact: boolean };

/** What the list of consents is narrowed to. */
export interface HistoryFilter {
  readonly subjectId?: string | undefined;
  readonly scope?: string | undefined;
  readonly decision?: Decision | undefined;
  readonly cursor?: string | undefined;
  /** 1 to 200, default 50. */
  readonly limit?: number | undefined;
}

/** People by present state of one scope. */
export interface ScopeCount {
  readonly scope: string;
  /** Agreed to the function as it is now. */
  readonly granted: number;
  /** Agreed to an older version of it. */
  readonly superseded: number;
  readonly refused: number;
  readonly withdrawn: number;
}

/** What a person said last about one scope. */
export interface DecidedNow extends Decided {
  /** A grant that counts no more: the function has changed since. */
  readonly superseded: boolean;
}

/** The text a person decides about. */
export interface Notice {
  readonly text: string;
  readonly hash: string;
  /** Version of the function: goes back with the decision. */
  readonly version: number;
}

/** What a person agreed to before there was anything to attach it to. */
export interface BirthConsent {
  readonly tenantId: string;
  readonly subjectId: string;
  readonly inboxId: string;
  readonly slip: {
    readonly noticeHash: string;
    /** Version of the inbox's notice. */
    readonly version: number;
    /** Version of the function when the slip was made. */
    readonly consentVersion: number;
    readonly locale: string;
    readonly agreedAt: number;
    readonly nonce: string;
  };
}
