import type { Me } from './agent-protocol.js';

/**
 * HTTP of people who work in a workspace, all below /api/v1/account, problem+json on refusal. Times are milliseconds of
 * the epoch. What a login may not learn (is there an account?) is answered alike for both cases.
 */

/** Kinds of organisation that may open a workspace (F-0101). */
export const TENANT_KINDS = [
  'legal-person',
  'government-body',
  'other-organisation',
  'partnership',
  'sole-trader',
] as const;
/** One of `TENANT_KINDS`. */
export type TenantKind = (typeof TENANT_KINDS)[number];

/** `GET /account/options`: what the doors offer here; no adapter, no such door. */
export interface AccountOptions {
  /** Codes by text message can be sent. */
  readonly sms: boolean;
  /** Mail can be sent. */
  readonly mail: boolean;
  /** Strangers may open a workspace. */
  readonly signUp: boolean;
}

/** What must be agreed to, each by its own tick; anything but `true` is refused. */
export interface SignUpAgreements {
  readonly privacyPolicy: boolean;
  readonly processingTerms: boolean;
  readonly adult: boolean;
  /** `hash` of the texts that were on the page; 409 when they are no longer the ones in force. */
  readonly shown: string;
}

/** `GET /account/agreements?locale=`: what is to be agreed to, in the language that was asked for. */
export interface AgreementTexts {
  readonly locale: 'zh-CN' | 'en';
  readonly hash: string;
  readonly items: readonly {
    readonly kind: 'privacy-policy' | 'processing-terms' | 'adult';
    readonly version: number;
    readonly title: string;
    readonly text: string;
  }[];
}

/** `POST /account/sign-up`: the workspace and its owner, both or neither. Answers like sign-in. */
export interface SignUp {
  readonly workspace: { readonly kind: TenantKind; readonly name: string };
  readonly owner: {
    readonly name: string;
    readonly email: string;
    /** In E.164, `+86` may be left out. */
    readonly mobile: string;
    readonly password: string;
  };
  /** Required where text messages can be sent; see `CodeRequest`. */
  readonly code?: string;
  readonly agreements: SignUpAgreements;
}

/** What a code by text message is for; it counts for nothing else. */
export type CodePurpose = 'sign-up' | 'sign-in' | 'change-mobile' | 'identity-check';

/** `POST /account/codes`: asks for a code by text message; the answer is the same whether or not there is an account. */
export interface CodeRequest {
  readonly purpose: CodePurpose;
  /** Left out for `identity-check`, which goes to the login's own number. */
  readonly mobile?: string;
}
/**
 * What is known of a code that was asked for; it does not say whether one was sent (429 `account.code-too-soon`,
 * `account.code-limit`).
 */
export interface CodeSent {
  readonly expiresAt: number;
  /** Before this moment the same number gets no other one. */
  readonly nextAt: number;
}

/** `POST /account/sign-in/code`. */
export interface CodeSignIn {
  readonly mobile: string;
  readonly code: string;
  readonly tenantId?: string;
  /** Stay signed in on this device; see `SignIn`. */
  readonly keep?: boolean;
}

/** A workspace that a login opens. */
export interface Workspace {
  readonly tenantId: string;
  readonly name: string;
  readonly slug: string;
}

/** How a second step can be taken. */
export type SecondStep = 'totp' | 'recovery-code' | 'sms';

/**
 * `POST /account/sign-in`, `/sign-in/code`, `/sign-in/verify`, `/sign-up`, `/invitations/accept`: signed in, or asked
 * for more. `ticket` says what has been shown already; five minutes, one login, useless without the next step.
 */
export type SignInAnswer =
  | Me
  | { readonly choices: readonly Workspace[]; readonly ticket: string }
  | {
      readonly verify: { readonly ticket: string; readonly methods: readonly SecondStep[]; readonly expiresAt: number };
    };

/** `POST /account/sign-in/verify`; the choice of a workspace is sent here too, with `method` left out. */
export interface SignInVerify {
  readonly ticket: string;
  readonly method?: SecondStep;
  readonly code?: string;
  readonly tenantId?: string;
}

/** What a session must do before it may do anything else; nothing when empty (P-0207, P-1008). */
export type PendingStep = 'member-notice' | 'second-factor' | 'password';

/** `POST /account/resets`: asks for a link by mail; always 202. `POST /account/resets/use` takes it, once. */
export interface ResetRequest {
  readonly identifier: string;
}
/** What the link of a reset is used with, once: 422 `account.reset-invalid`; `account.password-weak` leaves it open. */
export interface ResetUse {
  readonly token: string;
  readonly password: string;
}
/** A link that is shown once, to whoever made it. */
export interface OneTimeLink {
  readonly url: string;
  readonly expiresAt: number;
}

/** Proof that the one at the keyboard is the login's owner; exactly one of both. */
export interface IdentityProof {
  readonly password?: string;
  /** A code of purpose `identity-check`, or of the authenticator app. */
  readonly code?: string;
}

/** `GET /account/workspaces`: where the caller works; `POST /account/workspaces/switch` {tenantId} answers like sign-in. */
export interface Workspaces {
  readonly items: readonly (Workspace & { readonly current: boolean })[];
}

/** `GET /account/me/profile`: one's own data in full (F-0114). Locked fields are changed elsewhere or by an admin. */
export interface Profile {
  readonly displayName: string;
  readonly nickname: string | null;
  readonly realName: string | null;
  readonly telephone: string | null;
  readonly fax: string | null;
  readonly contactAddress: string | null;
  readonly region: string | null;
  readonly position: string | null;
  readonly interest: string | null;
  readonly email: string;
  readonly emailVerifiedAt: number | null;
  readonly mobile: string | null;
  readonly mobileVerifiedAt: number | null;
  readonly locked: readonly ProfileField[];
  readonly version: number;
}
/** All fields of a profile that may be edited, e-mail address and mobile number included. */
export const PROFILE_FIELDS = [
  'displayName',
  'nickname',
  'realName',
  'telephone',
  'fax',
  'contactAddress',
  'region',
  'position',
  'interest',
  'email',
  'mobile',
] as const;
/** One of `PROFILE_FIELDS`. */
export type ProfileField = (typeof PROFILE_FIELDS)[number];

/** `PATCH /account/me/profile`; a locked field is refused by name, 403. */
export interface ProfileEdit {
  readonly version: number;
  readonly fields: Readonly<Partial<Record<ProfileField, string | null>>>;
}
/** What a picture of a member may be: a square PNG, eight bits a channel, RGB or RGBA, without interlacing. */
export const MEMBER_PICTURE = {
  type: 'image/png',
  /** More is refused with 413. */
  mostBytes: 64 * 1024,
  leastSide: 32,
  mostSide: 512,
  /** What the console makes of a chosen file, where that fits. */
  side: 256,
} as const;

/**
 * `GET /account/pictures`: which members have a picture that the caller may see. `PUT`, `GET`, `DELETE
 * /account/me/picture` for one's own; `GET /account/members/:id/picture` for a colleague's.
 */
export interface MemberPictures {
  readonly items: readonly {
    readonly memberId: string;
    /** Another one for each picture; goes into the address, so that a browser shows no former one. */
    readonly mark: string;
  }[];
}
/** Answer to `PUT /account/me/picture`; 415 `account.picture-invalid` for anything but such a picture. */
export interface MemberPictureKept {
  readonly mark: string;
}

/** `PUT /account/me/password`, `/me/email`, `/me/mobile`; other sessions end (F-0112). */
export interface PasswordChange {
  readonly proof: IdentityProof;
  readonly password: string;
}
/** `PUT /account/me/email`; answered with `EmailChanged`. */
export interface EmailChange {
  readonly proof: IdentityProof;
  readonly email: string;
}
/** Whether the address changes once the link in a letter is opened; else it has changed. */
export interface EmailChanged {
  readonly linkSent: boolean;
}
/** `POST /account/email-confirmations`: takes that link, with the login's password. */
export interface EmailConfirmation {
  readonly token: string;
  readonly password: string;
}
/** `PUT /account/me/mobile`, in E.164; `+86` may be left out. */
export interface MobileChange {
  readonly proof: IdentityProof;
  readonly mobile: string;
  /** Of purpose `change-mobile`, where text messages can be sent. */
  readonly code?: string;
}

/** `GET /account/me/second-factor`. */
export interface SecondFactorState {
  readonly enrolledAt: number | null;
  readonly recoveryCodesLeft: number;
  /** The role asks for it. */
  readonly required: boolean;
}
/** `POST /account/me/second-factor`: a secret that counts once confirmed with a code of it. */
export interface SecondFactorOffer {
  readonly secret: string;
  /** `otpauth://totp/...`, also drawn as a QR code by the page. */
  readonly uri: string;
}
/** `POST /account/me/second-factor/confirm` {code}; the codes are shown once. */
export interface RecoveryCodes {
  readonly codes: readonly string[];
}

/** `GET /account/me/sign-ins`: sessions and what else happened to the login, newest first. */
export interface SignInEntry {
  readonly id: string;
  readonly kind: 'signed-in' | 'locked' | 'second-step-failed' | 'unusual' | 'password-changed' | 'frozen';
  readonly at: number;
  /** Browser and system in words, as far as they can be read from the user agent. */
  readonly device: string | null;
  /** Masked network, e.g. `203.0.113.*`. */
  readonly network: string | null;
  /** For `signed-in`: the session, while it lives. */
  readonly sessionId: string | null;
  readonly current: boolean;
}

/** `invited` has an open invitation; `disabled` cannot sign in to this workspace. */
export type MemberState = 'invited' | 'active' | 'disabled';

/** `GET /account/members`. Invitations are among them. */
export interface MemberSummary {
  readonly id: string;
  readonly displayName: string;
  readonly role: Me['role'];
  readonly state: MemberState;
  readonly secondFactor: boolean;
  readonly lastSeenAt: number | null;
  /** For `invited`. */
  readonly expiresAt: number | null;
  readonly version: number;
}
/** One page of members; `next` is the cursor of the following one, null on the last. */
export interface MemberPage {
  readonly items: readonly MemberSummary[];
  readonly next: string | null;
  /** How many there are on all pages. */
  readonly total: number;
}

/** `POST /account/invitations`. `url` is shown once to the inviter, and mailed where mail can be sent. */
export interface InvitationRequest {
  readonly email: string;
  readonly role: Me['role'];
}
/**
 * An invitation with its link, which is shown this once; `mailed` where a letter went out as well. `id` is that of the
 * invitation.
 */
export interface InvitationMade extends OneTimeLink {
  readonly id: string;
  readonly mailed: boolean;
}
/** `POST /account/invitations/look` {token}: what the invited person sees before deciding. */
export interface InvitationView {
  readonly workspace: string;
  readonly inviter: string;
  readonly role: Me['role'];
  readonly expiresAt: number;
}
/** `POST /account/invitations/accept`: with a new login, or with one that exists. */
export interface InvitationAccept {
  readonly token: string;
  readonly fresh?: {
    readonly name: string;
    readonly mobile: string;
    readonly password: string;
    readonly code?: string;
    readonly agreements: SignUpAgreements;
  };
  readonly known?: { readonly identifier: string; readonly password: string; readonly name: string };
}

/** `GET /chat/members/:id/work`: what is handed over when this member goes. */
export interface MemberWork {
  readonly openConversations: number;
}
/** `POST /account/members/:id/disable`. Open work goes to `handOverTo`, or back to the queue. */
export interface MemberDisable {
  readonly version: number;
  readonly handOverTo?: string;
}

/** `GET /account/me/notice?locale=`: who can see one's work; `POST` {version, locale} confirms it once (P-0207). */
export interface MemberNotice {
  readonly version: string;
  readonly locale: 'zh-CN' | 'en';
  /** The words that are confirmed; their hash is what the record keeps. */
  readonly text: string;
  /** Active members by role who can. */
  readonly seenBy: readonly { readonly role: Me['role']; readonly count: number }[];
  readonly confirmedAt: number | null;
}

/** `GET /account/roles`: each role with its rights, in the order of the screen. */
export interface RoleView {
  readonly role: Me['role'];
  readonly permissions: readonly string[];
  readonly scopes: readonly string[];
  readonly secondFactor: boolean;
}

/** `GET`, `PATCH /account/workspace`. */
export interface WorkspaceView {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly kind: TenantKind;
  readonly createdAt: number;
  /** Sent back with `PATCH` {version, name}; 409 `account.edit-conflict` where somebody was quicker. */
  readonly version: number;
}
