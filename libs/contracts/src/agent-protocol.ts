/** The wire of the `/agent` namespace. The session cookie authenticates; each packet names its conversation. */
import type { PendingStep } from './account-protocol.js';
import type { Ack } from './ack.js';
import type { CardNumber } from './card-numbers.js';
import type { LabelRef } from './list-protocol.js';
import type { ContactField, PersonalValue, RevealReason, WithheldBecause } from './privacy-protocol.js';
import type { AvailabilityChanged } from './routing-protocol.js';
import type { DeliveryCursor } from './widget-protocol.js';

/** The members' namespace. */
export const AGENT_NAMESPACE = '/agent';

/** `snoozed` = put off until a time; for the visitor it is as if it were open or waiting. */
export type ConversationState = 'queued' | 'open' | 'snoozed' | 'resolved';
/** Lists of conversations: my own, those nobody has, all that I may see, those whose notes name me. */
export type ConversationView = 'mine' | 'unassigned' | 'all' | 'mentions';

/** Why a text is not shown: its person, or the workspace does not let this role read it. */
export type TextWithheld = WithheldBecause | 'no-permission';

/**
 * One row of the console's list. `preview` is absent for a conversation one may only see as a headline, and where its
 * text may not be read: then `withheld` says why.
 */
export interface ConversationSummary {
  readonly id: string;
  readonly subjectId: string;
  readonly inboxId: string;
  readonly inboxName: string;
  readonly state: ConversationState;
  /** When a snoozed one comes back by itself, ms since the epoch; null for every other state. */
  readonly snoozedUntil: number | null;
  readonly assigneeId: string | null;
  readonly assigneeName: string | null;
  /** `personHandle` of the visitor; not personal data. */
  readonly handle: string;
  readonly preview?: { readonly from: 'visitor' | 'agent'; readonly text: string };
  readonly withheld?: TextWithheld;
  readonly lastAt: number;
  /** Heads of the two counters. */
  readonly seq: number;
  readonly revision: number;
  /** Messages of the visitor after my read cursor. */
  readonly unread: number;
  /** In the order of the workspace. */
  readonly labels: readonly LabelRef[];
  /** Since when the visitor waits for an answer, ms since the epoch; null = for none. At most a second behind. */
  readonly waitingSince: number | null;
}

/**
 * The body of an entry. Where it may not be read, `text` is empty and `withheld` says why. Where the workspace masks it
 * for this role, `text` is stars that say nothing of it. In what a visitor wrote, stars stand for the numbers of
 * identity and bank cards, at the places that `hidden` names.
 */
export interface AgentText {
  readonly text: string;
  readonly withheld?: TextWithheld;
  readonly masked?: true;
  readonly hidden?: readonly CardNumber[];
  readonly sender: string;
  readonly number: number;
}

/** Why a member wants to see a message with its numbers; `other` says it in words. */
export interface MessageReveal {
  readonly reason: RevealReason;
  readonly note?: string;
}

/** A message in full, to be hidden again at `until`. */
export interface RevealedMessage {
  readonly seq: number;
  readonly text: string;
  readonly until: number;
}

/** A member as colleagues see them; no name where the person is gone. */
export interface NamedMember {
  readonly id: string;
  readonly name: string | null;
}

/** One entry of the agent's stream, ordered by revision; payload of the server's `item` packet. */
export type AgentItem = {
  readonly conversationId: string;
  readonly revision: number;
  /** Present where the visitor sees it too. */
  readonly seq: number | null;
  readonly at: number;
  readonly author: { readonly kind: 'visitor' | 'agent'; readonly id: string | null; readonly name: string | null };
} & (
  | ({ readonly kind: 'message' } & AgentText)
  | ({ readonly kind: 'note' } & AgentText)
  | { readonly kind: 'taken' | 'resolved' | 'reopened' }
  | { readonly kind: 'snoozed'; readonly until: number }
  /** Back among the open ones. Its author is the member who asked for it; without one, its time had come or the visitor wrote. */
  | { readonly kind: 'woken' }
  /**
   * The author arranged that `member` has it now, or has it no longer. Without `member` it is about the author; with an
   * author whose id is null routing did it.
   */
  | { readonly kind: 'assigned' | 'released'; readonly member?: NamedMember }
  | { readonly kind: 'erased' }
);

/**
 * `message:send`, client to server. `sender` and `number` as in `VisitorSend`: a resend is answered with the stored
 * result.
 */
export interface AgentSend {
  readonly conversationId: string;
  readonly sender: string;
  readonly number: number;
  readonly text: string;
  /**
   * For a reply: the seq up to which its author had read when it was begun. It is refused with `chat.colleague-replied`
   * and `details {memberId, seq}` where another member replied after that; without `seen` it goes out anyway.
   */
  readonly seen?: number;
}
/** An internal note. */
export interface AgentNote extends Omit<AgentSend, 'seen'> {
  /**
   * Colleagues whom it names, 20 at most; each of them may read the conversation from then on. 404
   * `chat.member-not-found`, 422 `chat.member-unable`, 422 `chat.too-many-mentions`.
   */
  readonly memberIds?: readonly string[];
}
/** Answer to `message:send` and `note:add`: where it stands; `at` in ms since the epoch. */
export interface AgentSent {
  readonly revision: number;
  /** null for a note. */
  readonly seq: number | null;
  readonly at: number;
}

/**
 * `sync`, client to server: everything of one conversation after a revision, in order, paged. `chat.cursor-invalid` where
 * the conversation has not come so far: the revision is another one's, or of data that are gone; read it anew.
 */
export interface AgentSync {
  readonly conversationId: string;
  /** Last revision I hold; 0 for none. */
  readonly after: number;
  /** 1 to 200, default 100. */
  readonly limit?: number;
}
/** Answer to `sync`: a page; numbers up to `upTo` are closed now, and `more` says that another page follows. */
export interface AgentSynced {
  readonly items: readonly AgentItem[];
  readonly upTo: number;
  readonly more: boolean;
  readonly visitorCursor: DeliveryCursor;
}

/** Names the conversation that a packet is about. */
export interface ConversationRef {
  readonly conversationId: string;
}

/** Whether the text of a conversation may be read now; null = it may. */
export interface ConversationAccess extends ConversationRef {
  readonly withheld: WithheldBecause | null;
}

/** Pseudonym of a person who is no more. */
export interface PersonErased {
  readonly subjectId: string;
}

/** Packets an agent's client may send. `watch` starts the live stream of one conversation and answers its heads. */
export interface AgentClientPackets {
  'conversation:watch': (
    packet: ConversationRef,
    ack: (answer: Ack<{ readonly seq: number; readonly revision: number }>) => void,
  ) => void;
  'conversation:unwatch': (packet: ConversationRef) => void;
  'message:send': (packet: AgentSend, ack: (answer: Ack<AgentSent>) => void) => void;
  'note:add': (packet: AgentNote, ack: (answer: Ack<AgentSent>) => void) => void;
  sync: (packet: AgentSync, ack: (answer: Ack<AgentSynced>) => void) => void;
  typing: (packet: ConversationRef & { readonly typing: boolean }) => void;
  cursor: (packet: ConversationRef & DeliveryCursor) => void;
}

/**
 * Packets the server sends to an agent. Messages of conversations assigned to the agent or watched by it arrive as
 * `item`; `conversation` says that a row of the list changed (fetch it again if you may see it).
 *
 * `access` goes to everybody who may read a conversation (in the list or watched) within 5 s of each decision of its
 * person: what may be read of it now. Where `withheld` is set the client drops every text of it from memory, messages,
 * notes and preview, and shows none that an answer still on its way brings; where it is null after that, it fetches them
 * again, by `sync`. It may repeat what is known. Packets are not kept for a lost line: after a reconnect the row says it.
 */
export interface AgentServerPackets {
  item: (item: AgentItem) => void;
  conversation: (packet: { readonly conversationId: string }) => void;
  typing: (packet: ConversationRef & { readonly typing: boolean; readonly name: string | null }) => void;
  cursor: (packet: ConversationRef & DeliveryCursor) => void;
  access: (packet: ConversationAccess) => void;
  /** The labels of the workspace changed: read them again, and what they stand beside. */
  labels: (packet: Readonly<Record<string, never>>) => void;
  /**
   * A person was erased: within 5 s, to everybody who is signed in. The client drops every text, value and draft about
   * this subject from memory; whoever holds nothing of it has nothing to do.
   */
  erased: (packet: PersonErased) => void;
  /** Colleagues who watch a conversation now, to everybody who watches it; whenever that changes. */
  viewers: (packet: ConversationRef & { readonly viewers: readonly NamedMember[] }) => void;
  /** A note names the member; whoever hears it asks for `GET /chat/mentions`. */
  mention: (packet: object) => void;
  /** Canned responses of the workspace or of the member changed. */
  canned: (packet: object) => void;
  /** A member came, went or is busy; whoever shows that fetches `GET /chat/colleagues/availability` again. */
  availability: (packet: AvailabilityChanged) => void;
  /** The connection ends. `account.rights-changed`: ask anew who you are; any other code of `account`: sign in again. */
  end: (packet: { readonly code: string }) => void;
}

/** A note that goes along with a hand-over; members alone see it. */
export interface HandOverNote {
  readonly note?: string;
}
/**
 * `POST /chat/conversations/:id/assign`: `to` has it from now on. `from` is who had it on the screen of whoever asks, null
 * for nobody: of two at once the second is refused with 409 `chat.already-taken` and `details.assigneeId` of who has it,
 * empty where it is nobody.
 */
export interface ConversationAssign extends HandOverNote {
  readonly to: string;
  readonly from: string | null;
}
/** `POST /chat/conversations/:id/release`: back to the queue, under the same condition. */
export interface ConversationRelease extends HandOverNote {
  readonly from: string;
}
/**
 * `POST /chat/conversations/:id/snooze`: put off, from 5 minutes to 90 days ahead; one that is snoozed gets the new time.
 * Exactly one of the two is given. `inMs` counts from the server's time, so the clock of whoever asks does not matter.
 * 409 `chat.not-open`; 422 `chat.snooze-too-soon`, `chat.snooze-too-late`, `chat.snooze-time-missing`. It comes back when
 * the time is there, at once when the visitor writes, and by `POST /chat/conversations/:id/wake` (409 `chat.not-snoozed`).
 */
export interface ConversationSnooze {
  /** A moment, ms since the epoch. */
  readonly until?: number;
  readonly inMs?: number;
}
/** Answer to a snooze. */
export interface ConversationSnoozed extends AgentSent {
  readonly until: number;
}
/**
 * `POST /chat/conversations/:id/take-over`: whoever looks on has it from now on, as long as `from` still has it; else 409
 * `chat.already-taken`. Before that they read and write notes, and a reply is refused with 403 `chat.take-over-first`.
 */
export interface ConversationTakeOver {
  readonly from: string;
}
/** What one member has written in a conversation and not sent; nobody else reads it. */
export interface DraftTexts {
  readonly message: string;
  readonly note: string;
}
/** `GET /chat/conversations/:id/draft`: both empty and version 0 where nothing was ever kept. */
export interface KeptDraft extends DraftTexts {
  readonly version: number;
}
/**
 * `PUT /chat/conversations/:id/draft`, answered with the new version. `base` is the version that was read; 409
 * `chat.draft-changed` where another tab or device has kept one since. Empty texts leave nothing but the version.
 */
export interface DraftKeep extends DraftTexts {
  readonly base: number;
}
/** The version that a draft has now. */
export interface DraftVersion {
  readonly version: number;
}
/** `GET /chat/colleagues`: members who may have conversations, and teams that are in use; by name. */
export interface Colleagues {
  readonly items: readonly { readonly id: string; readonly name: string }[];
  readonly teams: readonly { readonly id: string; readonly name: string }[];
}

/* HTTP of the console, all below /api/v1, cookie session, problem+json on refusal. */

/** `POST /account/sign-in`. Sets the session cookie. */
export interface SignIn {
  /** E-mail of the login. */
  readonly identifier: string;
  readonly password: string;
  /** Stay signed in on this device; without it the session ends with the browser, at the latest after 12 hours. */
  readonly keep?: boolean;
}
/** `POST /account/sign-in`, `GET /account/me`. */
export interface Me {
  readonly memberId: string;
  readonly displayName: string;
  readonly role: 'owner' | 'admin' | 'supervisor' | 'agent' | 'privacy-officer';
  readonly tenant: { readonly id: string; readonly name: string; readonly slug: string };
  /** Steps to take before this session may do anything but these; absent or empty when there are none. */
  readonly pending?: readonly PendingStep[];
}
/** `GET /chat/conversations?view=&cursor=&limit=`, with what `ListWish` says. */
export interface ConversationPage {
  readonly items: readonly ConversationSummary[];
  /** Pass as `cursor` for the next page; null at the end. */
  readonly next: string | null;
}
/** `GET /chat/conversations/:id/items?before=<revision>&limit=`: a page of history, newest last. */
export interface ItemPage {
  readonly items: readonly AgentItem[];
  readonly more: boolean;
}
/** `GET /crm/contacts/by-subject/:subjectId`; 404 `crm.contact-not-found` until crm has seen the conversation. */
export interface ContactCard {
  readonly id: string;
  readonly subjectId: string;
  readonly firstSeenAt: number;
  /** The name is there for the conversation itself where the person has agreed to no more than that. */
  readonly fields: Readonly<Record<ContactField, PersonalValue>>;
  /** Names of consents in force, with the notice version. */
  readonly consents: readonly { readonly purpose: string; readonly version: number; readonly at: number }[];
}
