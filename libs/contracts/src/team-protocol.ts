/** Teams of a workspace: who shares a queue. HTTP below /api/v1/account/teams. */
import type { NamedMember } from './agent-protocol.js';

/** A team as its workspace sees it. Members who left the workspace are no part of it any more. */
export interface TeamSummary {
  readonly id: string;
  readonly name: string;
  readonly members: readonly NamedMember[];
  /** Set aside: it gets no work and stands in no choice. */
  readonly archived: boolean;
  readonly version: number;
}

/** `GET /account/teams`: by name, those that were set aside last. */
export interface TeamList {
  readonly items: readonly TeamSummary[];
}

/** `POST /account/teams`; 409 `account.team-name-taken`. */
export interface TeamCreate {
  readonly name: string;
  readonly memberIds?: readonly string[];
}

/** A change of the version that its author saw; 409 `account.edit-conflict` where somebody else was quicker. */
export interface TeamAct {
  readonly version: number;
}

/** `PATCH /account/teams/:id`: what is named is changed; `memberIds` are all members from now on. */
export interface TeamEdit extends TeamAct {
  readonly name?: string;
  readonly memberIds?: readonly string[];
}

/** Bounds of teams. */
export const TEAM_LIMITS = { teams: 100, members: 200, nameCharacters: 60 } as const;
