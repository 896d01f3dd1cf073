/**
 * Routing: who is there, how much each may have, and how an inbox gives its conversations (decision 0010). HTTP below
 * /api/v1/chat.
 */
import type { HandOverNote } from './agent-protocol.js';

/** `online` gets work, `busy` keeps what it has and may pick, `offline` gets none. */
export type Availability = 'online' | 'busy' | 'offline';
/** All of them, in the order of the menu. */
export const AVAILABILITIES: readonly Availability[] = ['online', 'busy', 'offline'];

/** `PUT /chat/availability`: what a member says of themselves. */
export interface AvailabilityChoice {
  readonly availability: Availability;
}

/** Work of one member: open conversations, each of weight 1; snoozed and resolved ones weigh nothing. */
export interface MemberLoad {
  readonly open: number;
  /** Beyond it the machine gives nothing; members may still pick and hand over. */
  readonly capacity: number;
}

/** `GET /chat/availability`: one's own, also the answer to a choice. */
export interface OwnAvailability extends MemberLoad {
  readonly availability: Availability;
  /** It became `offline` because the last line was lost for three minutes; it stays so until the member chooses. */
  readonly lost: boolean;
}

/** A colleague as who hands over, and the supervisor, see them. Nothing says how long they have been so. */
export interface ColleagueAvailability extends MemberLoad {
  readonly id: string;
  readonly name: string | null;
  readonly availability: Availability;
}
/** `GET /chat/colleagues/availability`: all who may have conversations, by name. */
export interface ColleagueAvailabilities {
  readonly items: readonly ColleagueAvailability[];
}

/**
 * Packet `availability` of the `/agent` namespace, to the whole workspace within a second of a change of availability or
 * of a setting of routing: fetch it again. `memberId` = whose, or who set it.
 */
export interface AvailabilityChanged {
  readonly memberId: string;
}

/** `GET` and `PUT /chat/routing`: what holds for the whole workspace. 409 `chat.routing-changed` with `details.version`. */
export interface RoutingSettings {
  readonly version: number;
  /** Of members who have none of their own; 1 to 100. */
  readonly defaultCapacity: number;
  /**
   * A member who became offline by a lost line gives back what waits for an answer after this many seconds, 0 to 3600.
   */
  readonly returnAfterSeconds: number;
}

/** `GET /chat/routing/members`: own capacity of each who may have conversations; null = the default. */
export interface MemberCapacity {
  readonly id: string;
  readonly name: string | null;
  readonly capacity: number | null;
}
/** The answer to it: the default of the workspace beside those of members. */
export interface MemberCapacities {
  readonly defaultCapacity: number;
  readonly items: readonly MemberCapacity[];
}
/** `PUT /chat/routing/members/:id`: 1 to 100, or null for the default. */
export interface CapacityChoice {
  readonly capacity: number | null;
}

/** `manual`: members pick. Otherwise the machine gives: by turns, or to who has the fewest. */
export type RoutingMode = 'manual' | 'round-robin' | 'least-busy';
/** All of them, in the order of the form. */
export const ROUTING_MODES: readonly RoutingMode[] = ['manual', 'round-robin', 'least-busy'];

/** Outside hours `hold` gives nothing until they begin again; `give` goes on for whoever is online. */
export type OutsideHours = 'hold' | 'give';

/** `GET` and `PUT /chat/inboxes/:id/routing`. 409 `chat.routing-changed` with `details.version`. */
export interface InboxRouting {
  readonly version: number;
  readonly mode: RoutingMode;
  /** Whose queue it is; null = everybody who may have conversations. */
  readonly teamId: string | null;
  /** The second team, asked as well when somebody has waited `overflowAfterSeconds` (10 to 3600); null = none. */
  readonly overflowTeamId: string | null;
  readonly overflowAfterSeconds: number;
  /** Tell who waits at which place they are; only where the machine gives, because members pick in no order. */
  readonly showPlace: boolean;
  /** Hours that count; null = those of the workspace, and always open where it has none. */
  readonly hoursId: string | null;
  readonly outsideHours: OutsideHours;
}

/**
 * `POST /chat/conversations/:id/hand-to-team`: back to the queue, as work of this team from now on, before the inbox's
 * own. `from` as in `ConversationAssign`. 404 `chat.team-not-found`.
 */
export interface ConversationToTeam extends HandOverNote {
  readonly teamId: string;
  readonly from: string | null;
}

/**
 * Packet `queue` of the `/widget` namespace: the place of who waits, 1 = next. `of` = how many wait. At most once in two
 * seconds, and only where it changed. It ends with the next packet `agent` whose state is not `queued`.
 */
export interface QueuePlace {
  readonly place: number;
  readonly of?: number;
}

/** Bounds of routing. */
export const ROUTING_LIMITS = {
  capacity: 100,
  returnAfterSeconds: 3600,
  overflowAfterSeconds: { least: 10, most: 3600 },
  /** The last line of a member was lost this long ago: offline. */
  lostAfterMs: 3 * 60_000,
  /** Places are told at most this often per inbox. */
  placesEveryMs: 2000,
  /** Visitors beyond this place are told nothing yet. */
  places: 500,
} as const;
