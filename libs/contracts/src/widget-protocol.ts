/**
 * The wire of the `/widget` namespace (docs/widget-protocol.md). Packets travel as Socket.IO events with an
 * acknowledgement; every answer is `Ack<T>`. The visitor never sees revisions, notes or ids of agents.
 */
import type { Ack } from './ack.js';
import type { HoursOutlook } from './hours-protocol.js';
import type { QueuePlace } from './routing-protocol.js';

/** The visitors' namespace. */
export const WIDGET_NAMESPACE = '/widget';

/** Sent in the Socket.IO auth packet at each connect; never as a cookie or in a URL. */
export interface WidgetAuth {
  /** Public key of the inbox, as in the snippet. */
  readonly inbox: string;
  /** Embed pass from `POST /api/v1/chat/widget/passes`; lives 10 minutes. */
  readonly pass: string;
  /** Visitor token of an earlier visit; absent before the first message. */
  readonly token?: string;
}

/** `message:send`, client to server. */
export interface VisitorSend {
  /** Random id of this page load, 12 to 32 characters of [A-Za-z0-9_-]; kept in memory only. */
  readonly sender: string;
  /** 1, 2, 3 … without gaps per sender. A refused send consumes no number. */
  readonly number: number;
  /** 1 to 10,000 characters after trimming. */
  readonly text: string;
  /** Consent slip; required with the first message of a person, ignored afterwards. */
  readonly slip?: string;
}

/** Answer to `message:send`. A resend is answered with the stored result. */
export interface VisitorSent {
  /** Position in the visitor's stream of the conversation. */
  readonly seq: number;
  /** When it was committed, ms since the epoch. */
  readonly at: number;
  /** Only with the first message of a person: keep it for the next visit. */
  readonly token?: string;
}

/** `sync`, client to server: everything after `after` of my stream, in order, paged. */
export interface VisitorSync {
  readonly after: number;
  /** 1 to 200, default 100. */
  readonly limit?: number;
}

/** Answer to `sync`: a page of the stream; `more` where another one follows. */
export interface VisitorSynced {
  readonly items: readonly VisitorItem[];
  /** Numbers up to here are now closed, superseded ones included. */
  readonly upTo: number;
  readonly more: boolean;
  /** Read positions, for the delivery words under one's own messages. */
  readonly agentCursor: DeliveryCursor;
  /** Over HTTP alone, where no packet `queue` can come: the place of who waits; null = does not wait. */
  readonly queue?: QueuePlace | null;
  /** Over HTTP alone, where no packet `watched` can come. */
  readonly watched?: boolean;
}

/** One entry of the visitor's stream; also the payload of the server's `item` packet. */
export interface VisitorItem {
  readonly seq: number;
  readonly kind: 'message';
  readonly from: 'visitor' | 'agent';
  /** Service nickname of the agent; absent for the visitor. */
  readonly name?: string;
  readonly text: string;
  readonly at: number;
  /** Of the visitor's own messages: which send it was, so that a tab recognises its own. */
  readonly sender?: string;
  readonly number?: number;
}

/** `typing`, both ways; no acknowledgement, never stored. */
export interface Typing {
  readonly typing: boolean;
}

/** `cursor`, both ways; at most once a second is kept. */
export interface DeliveryCursor {
  readonly delivered: number;
  readonly read: number;
}

/** Packet `watched`: a lead of the team looks at the conversation with the agent, or none does any more. */
export interface Watched {
  readonly on: boolean;
}

/** Packets a visitor's client may send, with their answers. */
export interface WidgetClientPackets {
  'message:send': (packet: VisitorSend, ack: (answer: Ack<VisitorSent>) => void) => void;
  sync: (packet: VisitorSync, ack: (answer: Ack<VisitorSynced>) => void) => void;
  typing: (packet: Typing) => void;
  cursor: (packet: DeliveryCursor) => void;
}

/** Packets the server sends to a visitor. `agent` names who answers now (null: nobody yet). */
export interface WidgetServerPackets {
  item: (item: VisitorItem) => void;
  typing: (packet: Typing) => void;
  cursor: (packet: DeliveryCursor) => void;
  agent: (packet: { readonly name: string | null; readonly state: 'queued' | 'open' | 'resolved' }) => void;
  /** The place of who waits; over with the next `agent` that is not `queued`. */
  queue: (packet: QueuePlace) => void;
  /** After each connect with a token, and when it changes; neither who looks nor how many. */
  watched: (packet: Watched) => void;
  /** The business asks for a consent, or another tab changed one: fetch `GET /chat/widget/choices` again. */
  choices: (packet: Readonly<Record<string, never>>) => void;
  /**
   * The server closes this socket for a reason the client can act on (`chat.token-revoked`, `chat.pass-expired`,
   * `privacy.consent-withdrawn`).
   */
  end: (packet: { readonly code: string }) => void;
}

/** `GET /widget/inboxes/<key>.json`: static, cacheable, the same for every visitor. */
export interface InboxSettings {
  readonly inbox: string;
  readonly businessName: string;
  /** The name in further languages, where the business gave one: shown to visitors of that language. */
  readonly businessNames?: Readonly<Record<string, string>>;
  readonly theme: {
    readonly brand: string;
    readonly onBrand: string;
    readonly brandText: string;
    /** The brand as text on a dark page; absent for inboxes of an older version. */
    readonly brandTextDark?: string;
    readonly mode: 'auto' | 'light' | 'dark';
  };
  /** Where the launcher lies; the right corner with 20 px where absent. */
  readonly place?: { readonly side: 'left' | 'right'; readonly x: number; readonly y: number };
  readonly locales: readonly ('zh-CN' | 'en')[];
  readonly greeting: Readonly<Record<string, string>>;
  /** Phone shown after a refusal and when sending fails; empty when the business gave none. */
  readonly phone: string;
  /** When the business answers; absent where it always does. */
  readonly hours?: HoursOutlook;
  readonly notice: Readonly<Record<string, Notice>>;
}

/** The notice in one language: five facts, where to complain, and the full text (P-0101). */
export interface Notice {
  readonly version: number;
  /** SHA-256 of the exact text shown, hex; goes into slip and consent record. */
  readonly hash: string;
  readonly controller: string;
  readonly purpose: string;
  readonly dataKinds: string;
  readonly retention: string;
  readonly rights: string;
  /** Where to complain, to the business and beyond it; absent in notices that were published before it was a fact. */
  readonly complaints?: string;
  readonly fullText: string;
}

/** `POST /api/v1/chat/widget/passes` with the page's `Origin`. */
export interface PassRequest {
  readonly inbox: string;
}
/** An embed pass and when it ends, ms since the epoch. */
export interface PassGranted {
  readonly pass: string;
  readonly expiresAt: number;
}

/** `POST /api/v1/chat/widget/consents`: returns a slip and stores nothing (design 6). */
export interface ConsentRequest {
  readonly inbox: string;
  readonly pass: string;
  readonly noticeHash: string;
  readonly version: number;
  readonly locale: 'zh-CN' | 'en';
}
/** A consent slip and when it ends, ms since the epoch; the client keeps it in memory until the first message. */
export interface ConsentGranted {
  readonly slip: string;
  readonly expiresAt: number;
}
