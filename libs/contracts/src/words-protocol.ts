/* Words that members write with: canned responses and mentions. HTTP below /api/v1, cookie session. */
import type { NamedMember } from './agent-protocol.js';

/** Of the whole workspace, or of the member who wrote it. */
export type CannedOwner = 'workspace' | 'me';
/** Languages that a canned response can be for. */
export type CannedLocale = 'zh-CN' | 'en';

/** A text that is written once and sent often (快捷回复). */
export interface CannedText {
  /** Typed after `/`; letters, digits, `-` and `_`, in small letters. One per owner and language. */
  readonly shortcut: string;
  readonly title: string;
  /** May hold variables of `CANNED_VARIABLES`. */
  readonly text: string;
  /** null = whatever the language. */
  readonly locale: CannedLocale | null;
  /** Smaller ones come first. */
  readonly position: number;
}
/** A canned response as it is kept. */
export interface CannedResponse extends CannedText {
  readonly id: string;
  readonly owner: CannedOwner;
  readonly version: number;
}
/** `GET /chat/canned-responses`: those of the workspace and the caller's own, in their order. */
export interface CannedResponses {
  readonly items: readonly CannedResponse[];
  /** What `{{agent.name}}`, `{{workspace.name}}` are for the caller: the name that visitors read. */
  readonly agentName: string;
  readonly workspaceName: string;
}
/**
 * `POST /chat/canned-responses`. 409 `chat.canned-shortcut-taken`, 409 `chat.too-many-canned`, 422
 * `chat.variable-unknown` with `details.variables`, 403 `chat.canned-not-yours` where the role may not write for all.
 */
export interface CannedCreate extends CannedText {
  readonly owner: CannedOwner;
}
/** `PUT /chat/canned-responses/:id`; `version` is the one that was read, 409 `chat.canned-changed` where it is not that any more. */
export interface CannedEdit extends CannedText {
  readonly version: number;
}
/** `DELETE /chat/canned-responses/:id` */
export interface CannedDelete {
  readonly version: number;
}

/** A note that names me. */
export interface Mention {
  readonly conversationId: string;
  /** The note. */
  readonly revision: number;
  readonly at: number;
  readonly by: NamedMember;
  /** `personHandle` of the visitor. */
  readonly handle: string;
  readonly inboxName: string;
  readonly read: boolean;
}
/** `GET /chat/mentions`: the newest fifty, and how many of all were not read. */
export interface Mentions {
  readonly items: readonly Mention[];
  readonly unread: number;
}
/** `POST /chat/conversations/:id/mentions/read`: mine in this conversation, up to a revision. Answers what is left. */
export interface MentionsRead {
  readonly upTo: number;
}
/** How many mentions of the caller are still unread, in all conversations. */
export interface MentionsLeft {
  readonly unread: number;
}
