import type { Me } from './agent-protocol.js';

/**
 * HTTP of consent, masks and the officer's desk, all below /api/v1, problem+json on refusal. A value about a person
 * travels only as `PersonalValue`: the server decides its face and sends no more than that face shows.
 */

/** Why a value is not shown (`ux` words: no consent, withdrawn, not for this purpose). */
export type WithheldBecause = 'purpose' | 'no-consent' | 'refused' | 'withdrawn' | 'superseded' | 'guardian';

/** The face of one value. `masked` carries the mask, never the value. */
export type PersonalValue =
  | { readonly face: 'plain'; readonly value: string }
  | { readonly face: 'masked'; readonly value: string }
  | { readonly face: 'withheld'; readonly reason: WithheldBecause; readonly at: number | null }
  | { readonly face: 'empty' }
  | { readonly face: 'no-permission' };

/** The five fields of a contact. */
export type ContactField = 'name' | 'mobile' | 'email' | 'wechat' | 'address';
/** All of them, in the order in which they are shown. */
export const CONTACT_FIELDS: readonly ContactField[] = ['name', 'mobile', 'email', 'wechat', 'address'];

/**
 * One row of the list of contacts. `id` is that of the contact, `subjectId` that of the person; times in ms since the
 * epoch.
 */
export interface ContactSummary {
  readonly id: string;
  readonly subjectId: string;
  readonly fields: Readonly<Record<ContactField, PersonalValue>>;
  readonly firstSeenAt: number;
  readonly updatedAt: number;
  /** Grows with each edit; send it back with the next one. */
  readonly version: number;
}

/** `GET /crm/contacts?cursor=&limit=`; `POST /crm/contacts/searches` has `q` besides. */
export interface ContactPage {
  readonly items: readonly ContactSummary[];
  readonly next: string | null;
}

/**
 * `POST /crm/contacts/names {subjectIds}`: how people are called beside conversations that the caller has or takes part
 * in, 100 of them at most; who is out of that reach, or unknown to crm yet, is left out. 404 `crm.contact-not-found`
 * where that leaves nobody.
 */
export interface PersonNames {
  readonly items: readonly { readonly subjectId: string; readonly name: PersonalValue }[];
}

/** `GET /crm/contacts/:id`. */
export interface ContactDetail extends ContactSummary {
  readonly consents: readonly ConsentInForce[];
  /**
   * Changes whenever the field is written, also where its mask stays the same, and says nothing of the value. null where
   * the caller sees neither value nor mask, nor that there is none.
   */
  readonly marks: Readonly<Record<ContactField, string | null>>;
  /** Fields the caller may ask the person about, and those already asked, refused or taken back. */
  readonly asking: Readonly<Record<ContactField, 'possible' | 'asked' | 'refused' | 'withdrawn' | 'not-needed'>>;
}

/**
 * The last decision of a person about one function or field (`scope`); `version` as `consentVersion` of the register
 * then, `at` in ms since the epoch.
 */
export interface ConsentInForce {
  readonly scope: string;
  readonly decision: 'grant' | 'refuse' | 'withdraw';
  readonly version: number;
  readonly at: number;
  /** A grant that counts no more: the function has changed since, and the person must agree again. */
  readonly superseded: boolean;
}

/** `PATCH /crm/contacts/:id`. null empties a field. */
export interface ContactEdit {
  readonly version: number;
  readonly fields: Readonly<Partial<Record<ContactField, string | null>>>;
  /** true: save what may be saved and name the rest; otherwise one refused field refuses all (403). */
  readonly saveRest?: boolean;
}
/** The contact after an edit, and what of the edit was not saved; empty unless `saveRest` was true. */
export interface ContactSaved {
  readonly contact: ContactDetail;
  readonly refused: readonly { readonly field: ContactField; readonly reason: WithheldBecause }[];
}

/** Why somebody looks at a value in full, in the order in which they are offered. */
export const REVEAL_REASONS = ['conversation', 'ticket', 'identity-check', 'other'] as const;
/** Why a member looks behind a mask; it is written down with the look. */
export type RevealReason = (typeof REVEAL_REASONS)[number];

/** `POST /crm/contacts/:id/reveals`. */
export interface RevealRequest {
  readonly field: ContactField;
  readonly reason: RevealReason;
  /** Required for `other`, at most 200 characters; kept with the journal's ids, encrypted. */
  readonly note?: string;
  /** The conversation the member is handling; makes `reason` unnecessary to ask for a T2 field. */
  readonly conversationId?: string;
}
/** One value in full, shown until a moment (ms since the epoch). 429 `privacy.reveal-limit`. */
export interface RevealedValue {
  readonly field: ContactField;
  readonly value: string;
  /** The page hides it again then. */
  readonly until: number;
}

/** `POST /crm/contacts/:id/consent-requests`: asks the person, in the widget. */
export interface ConsentAsk {
  readonly field: ContactField;
}

/** `POST /crm/contacts/bulk-reveals`: once, by who asked for the approval, until it expires. */
export interface BulkReveal {
  readonly approvalId: string;
}
/** The values of many contacts; each with its own face, because some may be withheld. */
export interface BulkRevealed {
  readonly field: ContactField;
  /** In the order of the list of contacts, in which they were chosen. */
  readonly items: readonly {
    readonly contactId: string;
    readonly subjectId: string;
    readonly value: PersonalValue;
  }[];
}

/* The person's side: authenticates like GET /chat/widget/messages. */

/** One switch. Texts are in the asked language; `version` and `noticeHash` go back with the decision. */
export interface PersonalChoice {
  readonly scope: string;
  readonly type: 'ordinary' | 'separate' | 'guardian';
  /** A basic one cannot be switched alone without ending the service; the page says so. */
  readonly kind: 'basic' | 'extended';
  readonly purpose: string;
  /** Name of the function it belongs to; the same as `title` where the function has one choice only. */
  readonly group: string;
  readonly title: string;
  readonly text: string;
  readonly version: number;
  readonly noticeHash: string;
  readonly state: 'none' | 'granted' | 'refused' | 'withdrawn' | 'superseded';
  readonly decidedAt: number | null;
  /** What this person has decided so far; opaque, goes back with the decision. null: nothing yet. */
  readonly seen: string | null;
  /** The business asked for it and waits. */
  readonly asked: boolean;
}
/** `GET /chat/widget/choices?inbox=&locale=`; also the answer of both acts below. */
export interface PersonalChoices {
  readonly choices: readonly PersonalChoice[];
  /** Set after the basic consent was withdrawn: the time at which everything is erased unless the person agrees again. */
  readonly erasureAt: number | null;
  /** How long after a withdrawal of the basic consent that is, in hours: said before the person decides. */
  readonly erasureHours: number;
}
/**
 * `POST /chat/widget/choices?inbox=`: one act about one scope. `granted` must be there, true or false. False on the
 * consent card refuses (or withdraws what was agreed to before); false under "Your data" withdraws. 409
 * `privacy.consent-replayed` when the person has decided otherwise since `seen`: read again and show what is in force.
 */
export interface ChoiceMade {
  readonly scope: string;
  readonly granted: boolean;
  readonly version: number;
  readonly noticeHash: string;
  readonly seen: string | null;
  readonly locale: string;
  readonly screen: 'widget.your-data' | 'widget.consent-card';
}
/** `POST /chat/widget/choices/withdraw-all?inbox=`. */
export interface AllWithdrawn {
  readonly locale: string;
  readonly screen: 'widget.your-data';
}

/* The officer's desk. */

/** One field that a function of the register needs, and how the person allows it. */
export interface RegisterField {
  readonly field: string;
  readonly consent: 'with-purpose' | 'own' | 'separate';
}
/** One function of the register: what it needs, why it may, who gets it. `retainMonths` are calendar months. */
export interface RegisterActivity {
  readonly purpose: string;
  readonly kind: 'basic' | 'extended';
  readonly enabled: boolean;
  readonly basis: string;
  readonly basisNote: string;
  readonly fields: readonly RegisterField[];
  readonly recipients: readonly string[];
  readonly retain: string;
  readonly retainMonths: number;
  readonly consentVersion: number;
}
/** The tier of one field, and what each role sees of it. */
export interface RegisterFieldPolicy {
  readonly field: string;
  readonly tier: 'T1' | 'T2' | 'T3';
  readonly roles: Readonly<Record<Me['role'], 'plain' | 'masked' | 'none'>>;
}
/** The register as it is edited and kept: all functions, all fields, and the lawful bases to choose from. */
export interface RegisterContent {
  readonly activities: readonly RegisterActivity[];
  readonly fields: readonly RegisterFieldPolicy[];
  readonly allowedBases: readonly string[];
}
/** `GET /privacy/register`, `GET /privacy/register/versions/:version`. Version 1 is the product's default. */
export interface RegisterView {
  readonly version: number;
  readonly changedAt: number;
  /** Name of who changed it; null for the default. */
  readonly changedBy: string | null;
  readonly note: string;
  readonly register: RegisterContent;
}
/** `GET /privacy/register/versions`. */
export interface RegisterVersions {
  readonly items: readonly {
    readonly version: number;
    readonly changedAt: number;
    readonly changedBy: string | null;
    readonly note: string;
  }[];
}
/** `PUT /privacy/register` (`baseVersion` = the version that was edited; 409 `privacy.register-changed` if it is not the last). */
export interface RegisterChange {
  readonly baseVersion: number;
  readonly register: RegisterContent;
  readonly note: string;
  /** Needed where somebody would see more than before. */
  readonly approvalId?: string;
}
/** `POST /privacy/register/preview`: what `PUT` would do. */
export interface RegisterImpact {
  /** Functions whose consents stop counting, with how many people must be asked again. */
  readonly freshConsent: readonly { readonly purpose: string; readonly people: number }[];
  /** Fields that need a second person. */
  readonly loosened: readonly string[];
  readonly problems: readonly { readonly fault: string; readonly at: string }[];
}

/** `GET /privacy/consents?subjectId=&scope=&decision=&cursor=&limit=`, newest first. */
export interface ConsentPage {
  readonly items: readonly ConsentEntry[];
  readonly next: string | null;
}
/**
 * One decision as it was recorded. `id` is that of the record, which is never changed; `decidedAt` in ms since the
 * epoch.
 */
export interface ConsentEntry {
  readonly id: string;
  readonly subjectId: string;
  /** `personHandle` of the person. */
  readonly handle: string;
  readonly scope: string;
  readonly type: 'ordinary' | 'separate' | 'guardian';
  readonly decision: 'grant' | 'refuse' | 'withdraw';
  readonly version: number;
  readonly noticeVersion: number;
  readonly noticeHash: string;
  readonly locale: string;
  readonly screen: string;
  readonly channel: string;
  readonly method: string;
  readonly actor: string;
  readonly decidedAt: number;
  /** The seal over the record fits. */
  readonly intact: boolean;
}
/** `GET /privacy/consents/counts`: people by present state. */
export interface ConsentCounts {
  readonly items: readonly {
    readonly scope: string;
    /** Agreed to the function as it is now. */
    readonly granted: number;
    /** Agreed to an older version of it: must agree again. */
    readonly superseded: number;
    readonly refused: number;
    readonly withdrawn: number;
  }[];
}
/* `GET /privacy/consents/:id/evidence`, `GET /privacy/consents/evidence?subjectId=`: ISO/IEC TS 27560 JSON. */

/** `GET /privacy/reads?subjectId=&cursor=`: who has seen a person's data, newest first. */
export interface ReadPage {
  readonly items: readonly ReadEntry[];
  readonly next: string | null;
}
/** One look at the data of a person, or of many at once; `id` is that of the record. */
export interface ReadEntry {
  readonly id: string;
  readonly at: number;
  /** Display name of the member, or the name of a job. */
  readonly by: string;
  readonly role: string | null;
  readonly purpose: string;
  readonly fields: readonly string[];
  /** `conversation:<id> 12-40`, `contact:<id>`, `contacts 25`. */
  readonly range: string;
  readonly reason: string | null;
  /** Ground of a use without consent, and what the register said about it then; null for uses by consent. */
  readonly basis: string | null;
  readonly basisNote: string | null;
}

/** What a second person is asked about: showing values of many contacts, or a register that shows more. */
export type ApprovalKind = 'bulk-reveal' | 'loosen-fields';
/** `pending` and `approved` end with the time (`expired`), `approved` also with its one use (`used`). */
export type ApprovalState = 'pending' | 'approved' | 'refused' | 'cancelled' | 'expired' | 'used';
/**
 * One way in which a looser register shows more. `role`: `of` sees more of the field (`none`, `masked`, `plain`). `tier`:
 * its tier goes down, `of` is empty. `purpose`: the function `of` may use it without asking the person, or, where
 * another ground becomes a legal duty, also of those who took back the basic consent; `before` and `after` are lawful
 * bases, `off` for none.
 */
export interface RegisterLoosening {
  readonly field: string;
  readonly aspect: 'role' | 'tier' | 'purpose';
  readonly of: string;
  readonly before: string;
  readonly after: string;
}

/** `GET /privacy/approvals`, answers of the acts on one. */
export interface Approval {
  readonly id: string;
  readonly kind: ApprovalKind;
  readonly state: ApprovalState;
  readonly requestedBy: { readonly memberId: string; readonly name: string };
  readonly requestedAt: number;
  readonly expiresAt: number;
  readonly reason: string;
  readonly fields: readonly string[];
  /** What exactly a second person would allow; empty for a bulk reveal. */
  readonly changes: readonly RegisterLoosening[];
  /**
   * The register that would be in force then, over the version it was made for: who decides sees the whole difference,
   * who asked applies exactly it. While it is pending or approved.
   */
  readonly proposal: { readonly baseVersion: number; readonly register: RegisterContent } | null;
  /** How many people it concerns. */
  readonly people: number;
  /** Who they are, by `personHandle`, ascending, while it is pending or approved: nobody decides about people unseen. */
  readonly handles: readonly string[];
  readonly decidedBy: { readonly memberId: string; readonly name: string } | null;
  readonly decidedAt: number | null;
  /** True where the caller may decide: another person, pending, not expired. */
  readonly mine: boolean;
  readonly decidable: boolean;
}
/** `POST /privacy/approvals`. Acts: `POST /privacy/approvals/:id/{approve,refuse,cancel}`. */
export interface ApprovalRequest {
  readonly kind: ApprovalKind;
  readonly fields: readonly string[];
  /** Contacts of a bulk reveal, 1 to 500. */
  readonly contactIds?: readonly string[];
  /** The new register, for `loosen-fields`: the approval covers exactly its content. */
  readonly register?: RegisterContent;
  /** The version that it would change; 409 `privacy.register-changed` where that is not the one in force. */
  readonly baseVersion?: number;
  readonly reason: string;
}
/** `GET /privacy/approvals`, newest first. */
export interface ApprovalPage {
  readonly items: readonly Approval[];
}
