/** Numbers of the wire that server and clients share (design 8, 9). */
export const LIMITS = {
  /** Characters of a message or note. */
  messageCharacters: 10_000,
  /** Members whom one note may name. */
  mentions: 20,
  /** Items in one sync page. */
  syncPage: 200,
  /** Rows in one list page. */
  listPage: 100,
  /** Embed pass, ms. */
  passMs: 10 * 60_000,
  /** Consent slip, ms. */
  slipMs: 24 * 3_600_000,
  /** Largest socket packet or JSON body, bytes. */
  bodyBytes: 64 * 1024,
} as const;

/** Form of a sender id. */
export const SENDER_ID = /^[A-Za-z0-9_-]{12,32}$/;
