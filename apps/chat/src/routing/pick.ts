import type { RoutingMode } from '@libs/contracts';

/** How the machine gives. */
export type GivingMode = Exclude<RoutingMode, 'manual'>;

/** A member who is online, as the choice needs them. */
export interface Seat {
  readonly memberId: string;
  readonly open: number;
  readonly capacity: number;
  /** When the machine gave them something last; 0 = never. */
  readonly givenAt: number;
}

export function hasRoom({ open, capacity }: Seat): boolean {
  return open < capacity;
}

/**
 * Who gets the next one; undefined where nobody has room. By turns: who was given something longest ago. To the least
 * busy: who has the fewest open, of equals who was given something longest ago.
 */
export function pick(seats: readonly Seat[], mode: GivingMode): Seat | undefined {
  let best: Seat | undefined;
  for (const seat of seats) if (hasRoom(seat) && (!best || comesBefore(seat, best, mode))) best = seat;
  return best;
}

function comesBefore(one: Seat, other: Seat, mode: GivingMode): boolean {
  if (mode === 'least-busy' && one.open !== other.open) return one.open < other.open;
  if (one.givenAt !== other.givenAt) return one.givenAt < other.givenAt;
  return one.memberId < other.memberId;
}
