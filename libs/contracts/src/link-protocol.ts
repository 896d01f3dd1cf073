/* Linked people: two subjects that a signed statement of the embedding site took for one person. */

/** Why two people turned out not to be one. */
export const UNLINK_REASONS = ['shared-device', 'wrong-statement', 'person-asked', 'other'] as const;
export type UnlinkReason = (typeof UNLINK_REASONS)[number];

/** `GET /privacy/links?subjectId=`: everything that links this person with others, directly or not, oldest first. */
export interface SubjectLinks {
  readonly items: readonly SubjectLink[];
}
export interface SubjectLink {
  readonly id: string;
  readonly subjectId: string;
  readonly otherId: string;
  /** `signed-identity`: the site signed the same name for both. */
  readonly reason: string;
  readonly at: number;
}

/** `POST /privacy/links/:id/undo`: 404 `privacy.link-not-found`, 409 `privacy.link-undone`. */
export interface Unlink {
  readonly reason: UnlinkReason;
}
