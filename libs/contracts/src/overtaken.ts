/**
 * `details` of a 409 that says that somebody saved a newer version meanwhile (`*.…-changed`, `account.edit-conflict`): one
 * shape for everything that has versions, but for drafts and scheduled replies. `changedBy` is absent where it is not
 * known, or where the caller does not meet the names of colleagues.
 */
export interface OvertakenDetails {
  /** The version that stands now; absent with `account.edit-conflict`, where it is read again anyway. */
  readonly version?: number;
  /** `you` = the caller, on another page or device; `former-member` = a person who was erased since. */
  readonly changedBy?: 'you' | 'member' | 'former-member';
  /** Of a `member`; the service nickname, for callers who meet colleagues in conversations alone. */
  readonly changedByName?: string;
  /** ms since the epoch. */
  readonly changedAt?: number;
}
