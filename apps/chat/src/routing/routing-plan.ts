import type { InboxRouting } from '@libs/contracts';
import { type GivingMode, hasRoom, pick, type Seat } from './pick.js';
import type { Waiting } from './routing-queue.js';

/** A conversation with those among whom the transaction will choose. */
export interface Proposal {
  readonly waiting: Waiting;
  readonly mode: GivingMode;
  readonly candidates: readonly string[];
  readonly former: string | null;
}

/** Members of a team; undefined = everybody. */
export type TeamOf = (teamId: string) => ReadonlySet<string>;

/**
 * Whose queue a conversation is in at `at`: one team or two. A team that was set aside, or has lost all members, has no
 * queue: the next one has it then, the second team without waiting, and at last everybody. So nobody waits for a team
 * that will never come.
 */
export function teamsOf(
  { teamId, queuedAt }: Waiting,
  inbox: InboxRouting,
  at: number,
  hasQueue: (teamId: string) => boolean = () => true,
): readonly (string | null)[] {
  const able = (id: string | null): string | null => (id !== null && hasQueue(id) ? id : null);
  const routing = { ...inbox, teamId: able(inbox.teamId), overflowTeamId: able(inbox.overflowTeamId) };
  const first = able(teamId) ?? routing.teamId ?? (inbox.teamId === null ? null : routing.overflowTeamId);
  if (first === null || routing.overflowTeamId === null || first === routing.overflowTeamId) return [first];
  return at - queuedAt >= routing.overflowAfterSeconds * 1000 ? [first, routing.overflowTeamId] : [first];
}

/** How the seats fill while proposals are made; the transaction looks again, so a guess that is too high costs nothing. */
export class Room {
  private readonly seats: Map<string, Seat>;

  constructor(seats: readonly Seat[]) {
    this.seats = new Map(seats.map((seat) => [seat.memberId, seat]));
  }

  get isLeft(): boolean {
    return [...this.seats.values()].some(hasRoom);
  }

  /** The proposal for one conversation, its place taken; undefined where nobody has room for it. */
  propose(waiting: Waiting, mode: GivingMode, teams: readonly ReadonlySet<string>[], former: string | null) {
    const seats = [...this.seats.values()].filter(({ memberId }) => teams.some((team) => team.has(memberId)));
    const returning = former === null ? undefined : this.seats.get(former);
    const seat = returning && hasRoom(returning) ? returning : pick(seats, mode);
    if (!seat) return undefined;
    const givenAt = Math.max(0, ...seats.map((one) => one.givenAt)) + 1;
    this.seats.set(seat.memberId, { ...seat, open: seat.open + 1, givenAt });
    const candidates = seats.map(({ memberId }) => memberId);
    return { waiting, mode, candidates, former: returning ? former : null } satisfies Proposal;
  }

  get everybody(): ReadonlySet<string> {
    return new Set(this.seats.keys());
  }
}
