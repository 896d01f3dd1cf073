import type { InboxSettings, Notice } from './widget-protocol.js';

/**
 * HTTP of inboxes (接待渠道), all below /api/v1/chat/inboxes with the permission `inboxes:manage`. Each act names the
 * `version` that its author saw: 409 `chat.inbox-changed` with what somebody else changed meanwhile.
 */

export type InboxLocale = 'zh-CN' | 'en';
/** Languages that an inbox can be shown in. */
export const INBOX_LOCALES: readonly InboxLocale[] = ['zh-CN', 'en'];

/**
 * `live` answers visitors, `draft` does not, yet or for the time being; `ended` never will again and is kept for its
 * conversations.
 */
export type InboxState = 'draft' | 'live' | 'ended';

/** What keeps an inbox from going live. */
export type InboxGap = 'origin' | 'identity' | 'notice' | 'attestation';

/** Which honest way was chosen where white on the brand cannot be read (ux 2.10). */
export type BrandContrast = 'keep' | 'shade';

/** The look as a tenant chooses it; colours that follow from it are made by the server. */
export interface InboxLookChoice {
  /** `#RRGGBB` as it was chosen. */
  readonly brand: string;
  readonly contrast: BrandContrast;
  readonly mode: 'auto' | 'light' | 'dark';
  readonly side: 'left' | 'right';
  /** Margins in px, 0 to 200. */
  readonly offsetX: number;
  readonly offsetY: number;
}

/** One allowed origin: as browsers send it, and as people read it. */
export interface InboxOrigin {
  readonly origin: string;
  readonly shown: string;
}

/** One row of the list of inboxes. `key` is public, it stands in the snippet; `id` names the inbox to members. */
export interface InboxSummary {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly state: InboxState;
  readonly origins: readonly InboxOrigin[];
  readonly brand: string;
  /** Version of the notice in force; null before the first. */
  readonly noticeVersion: number | null;
  readonly missing: readonly InboxGap[];
  readonly version: number;
}

/** `GET /chat/inboxes`. */
export interface InboxList {
  readonly items: readonly InboxSummary[];
}

/** Whether visitors are identified by the embedding site. */
export type IdentityMode = 'off' | 'optional' | 'required';

/** A secret that signs visitors; its value is shown once, when it is made. */
export interface InboxSecret {
  readonly id: string;
  readonly createdAt: number;
  /** Set by a rotation: valid until then. null = without end. */
  readonly expiresAt: number | null;
}
/** A secret with its value, and the inbox as it is afterwards. */
export interface InboxSecretMade extends InboxSecret {
  readonly secret: string;
  readonly inbox: InboxDetail;
}

/** The notice as it would be published now. */
export interface InboxNoticeDraft {
  readonly notices: Readonly<Record<string, Omit<Notice, 'version' | 'hash'>>>;
  /** The published one says the same. */
  readonly isPublished: boolean;
}

/** `GET /chat/inboxes/:id`, and the answer of every act. */
export interface InboxDetail extends InboxSummary {
  readonly look: InboxLookChoice;
  readonly locales: readonly InboxLocale[];
  readonly greeting: Readonly<Record<string, string>>;
  readonly phone: string;
  /** Who processes: named in the notice, with where to reach them. */
  readonly businessName: string;
  readonly businessContact: string;
  /** Where complaints go, as the notice says; empty = to the contact. */
  readonly complaintContact: string;
  readonly attestedAt: number | null;
  readonly notice: InboxNoticeDraft;
  readonly identityMode: IdentityMode;
  readonly secrets: readonly InboxSecret[];
  /** What the widget is told about this inbox: for the preview. */
  readonly settings: InboxSettings;
  /** Hosted chat page. */
  readonly hostedUrl: string;
  readonly widgetOrigin: string;
}

/** `POST /chat/inboxes`: a draft, switched off. */
export interface InboxCreate {
  readonly name: string;
}

/** `PATCH /chat/inboxes/:id`: what is named is changed, nothing else. */
export interface InboxEdit {
  readonly version: number;
  readonly name?: string;
  /** As typed: scheme, host, port. */
  readonly origins?: readonly string[];
  readonly look?: InboxLookChoice;
  readonly locales?: readonly InboxLocale[];
  readonly greeting?: Readonly<Record<string, string>>;
  readonly phone?: string;
  readonly businessName?: string;
  readonly businessContact?: string;
  readonly complaintContact?: string;
  readonly identityMode?: IdentityMode;
}

/** Acts without further content: publish the notice, attest, switch on or off, make or revoke a secret. */
export interface InboxAct {
  readonly version: number;
}

/** `DELETE /chat/inboxes/:id`: ends it; `name` is typed by hand. */
export interface InboxEnd extends InboxAct {
  readonly name: string;
}

/** `GET /widget/inboxes/:key/notices`: what people were told, newest first. */
export interface NoticeArchive {
  readonly items: readonly {
    readonly version: number;
    readonly publishedAt: number;
    readonly locales: readonly string[];
  }[];
}
/** `GET /widget/inboxes/:key/notices/:version`. */
export interface ArchivedNotice {
  readonly version: number;
  readonly publishedAt: number;
  readonly notices: Readonly<Record<string, Notice>>;
}

/** `POST /chat/widget/identities`: the statement of the embedding site, a JWT (HS256). */
export interface IdentityClaim {
  readonly inbox: string;
  readonly pass: string;
  readonly statement: string;
}

/** What a statement did. Before the first message nothing is stored: show it again with the visitor token. */
export interface IdentityAccepted {
  readonly linked: boolean;
  /** A pass that says who was shown, for the consent slip; absent once linked. */
  readonly pass?: string;
  readonly expiresAt?: number;
  /** Fields that were not kept because nothing allows it. */
  readonly dropped: readonly ('name' | 'mobile' | 'email')[];
}
