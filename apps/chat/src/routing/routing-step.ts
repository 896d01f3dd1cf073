import { chunks, forUpdate, type Placed, placeholders, StepKind, type Tx } from '@libs/database';
import { type AppError, type Clock, pairKey } from '@libs/kernel';
import { type GivingMode, hasRoom, pick, type Seat } from './pick.js';
import { routingErrors } from './routing.errors.js';
import { readDefaults } from './routing-rows.js';

/** Gives a conversation to one of those named who is online and has room; who it is shows with the commit. */
export interface GiveItem {
  readonly act: 'give';
  readonly mode: GivingMode;
  readonly candidates: readonly string[];
  /** Who had it before its visitor wrote again: asked first. */
  readonly former: string | null;
  outcome?: Given;
}

/** Takes a conversation from a member who is away by a lost line; it goes to the front of the queue. */
export interface TakeBackItem {
  readonly act: 'take-back';
  readonly conversationId: string;
  readonly memberId: string;
}

/** Makes a conversation the work of a team. */
export interface ToTeamItem {
  readonly act: 'to-team';
  readonly conversationId: string;
  readonly teamId: string;
}

export type RoutingItem = GiveItem | TakeBackItem | ToTeamItem;

/** Who got it, and what the choice rested on (P-1501). */
export interface Given {
  readonly memberId: string;
  readonly rule: GivingMode | 'former';
  /** Candidates who were online and had room. */
  readonly candidates: number;
  /** Open conversations of who got it, before this one. */
  readonly load: number;
  readonly capacity: number;
}

interface MemberSeat {
  readonly tenantId: string;
  readonly memberId: string;
  readonly online: boolean;
  readonly lost: boolean;
  readonly capacity: number;
  open: number;
  givenAt: number;
}

interface RoutingBatch {
  readonly at: number;
  readonly seats: Map<string, MemberSeat>;
  readonly given: Set<MemberSeat>;
  readonly written: Placed<TakeBackItem | ToTeamItem>[];
}

interface MemberRow {
  readonly member_id: string;
  readonly availability: string;
  readonly capacity: number | null;
  readonly lost_at: number | string | null;
  readonly given_at: number | string;
}

/**
 * Decides who gets a conversation, in the transaction that gives it (decision 0010). The rows of all candidates are locked
 * in ascending order before their open conversations are counted: nobody else gives to them meanwhile, and whoever goes
 * busy or offline does so before this or after it.
 */
export class RoutingStep extends StepKind<RoutingItem, RoutingBatch> {
  readonly name = 'routing';
  /** After conversations, which every giver locks first. */
  readonly order = 22;

  constructor(private readonly clock: Clock) {
    super();
  }

  async load(tx: Tx, items: readonly Placed<RoutingItem>[]): Promise<RoutingBatch> {
    const batch: RoutingBatch = { at: this.clock.now(), seats: new Map(), given: new Set(), written: [] };
    const tenants = new Map<string, Set<string>>();
    for (const { item, set } of items) {
      const members = tenants.get(set.tenantId) ?? new Set();
      for (const memberId of membersOf(item)) members.add(memberId);
      if (members.size > 0) tenants.set(set.tenantId, members);
    }
    for (const tenantId of [...tenants.keys()].sort()) {
      await loadSeats(tx, batch, tenantId, [...tenants.get(tenantId)!].sort());
    }
    return batch;
  }

  decide(batch: RoutingBatch, { item, set }: Placed<RoutingItem>): AppError | undefined {
    if (item.act === 'give') return choose(batch, set.tenantId, item) ? undefined : routingErrors.nobody();
    if (item.act === 'to-team') return undefined;
    return batch.seats.get(pairKey(set.tenantId, item.memberId))?.lost ? undefined : routingErrors.notLost();
  }

  apply(batch: RoutingBatch, placed: Placed<RoutingItem>): void {
    const { item, set } = placed;
    if (item.act !== 'give') {
      batch.written.push(placed as Placed<TakeBackItem | ToTeamItem>);
      return;
    }
    const { seat, outcome } = choose(batch, set.tenantId, item)!;
    item.outcome = outcome;
    seat.open += 1;
    const others = seatsOf(batch, set.tenantId, item).map(({ givenAt }) => givenAt);
    seat.givenAt = Math.max(batch.at, ...others.map((givenAt) => givenAt + 1));
    batch.given.add(seat);
  }

  async write(tx: Tx, { given, written }: RoutingBatch): Promise<void> {
    for (const { tenantId, memberId, givenAt } of given) {
      await tx.run('UPDATE chat_routing_member SET given_at = ? WHERE tenant_id = ? AND member_id = ?', [
        ...[givenAt, tenantId, memberId],
      ]);
    }
    for (const { item, set } of written) {
      if (item.act === 'to-team') {
        await tx.run('UPDATE chat_conversation SET team_id = ? WHERE tenant_id = ? AND id = ?', [
          ...[item.teamId, set.tenantId, item.conversationId],
        ]);
      } else {
        await tx.run('UPDATE chat_conversation SET queued_at = created_at WHERE tenant_id = ? AND id = ?', [
          ...[set.tenantId, item.conversationId],
        ]);
      }
    }
  }
}

function membersOf(item: RoutingItem): readonly string[] {
  if (item.act === 'to-team') return [];
  if (item.act === 'take-back') return [item.memberId];
  return item.former === null ? item.candidates : [...item.candidates, item.former];
}

function seatsOf({ seats }: RoutingBatch, tenantId: string, { candidates }: GiveItem): readonly MemberSeat[] {
  return candidates.flatMap((memberId) => seats.get(pairKey(tenantId, memberId)) ?? []).filter(({ online }) => online);
}

function choose(
  batch: RoutingBatch,
  tenantId: string,
  item: GiveItem,
): { readonly seat: MemberSeat; readonly outcome: Given } | undefined {
  const seats = seatsOf(batch, tenantId, item);
  const former = item.former === null ? undefined : batch.seats.get(pairKey(tenantId, item.former));
  const returns = former?.online && hasRoom(former);
  const chosen: Seat | undefined = returns ? former : pick(seats, item.mode);
  if (!chosen) return undefined;
  const { memberId, open: load, capacity } = chosen;
  const rule = returns ? 'former' : item.mode;
  const candidates = seats.filter(hasRoom).length;
  return { seat: chosen as MemberSeat, outcome: { memberId, rule, candidates, load, capacity } };
}

async function loadSeats(tx: Tx, batch: RoutingBatch, tenantId: string, ids: readonly string[]): Promise<void> {
  const { defaultCapacity } = await readDefaults(tx, tenantId);
  for (const some of chunks(ids)) {
    const marks = placeholders(some.length);
    const rows = await tx.all<MemberRow>(
      'SELECT member_id, availability, capacity, lost_at, given_at FROM chat_routing_member ' +
        `WHERE tenant_id = ? AND member_id IN (${marks}) ORDER BY member_id${forUpdate(tx)}`,
      [tenantId, ...some],
    );
    for (const row of rows) batch.seats.set(pairKey(tenantId, row.member_id), seatOf(tenantId, row, defaultCapacity));
  }
  // Counted when all rows are locked: what another process gave before is visible now, and nothing is given meanwhile.
  for (const some of chunks(ids)) {
    const counts = await tx.all<{ assignee_id: string; n: number | string }>(
      'SELECT assignee_id, COUNT(*) AS n FROM chat_conversation WHERE tenant_id = ? ' +
        `AND assignee_id IN (${placeholders(some.length)}) AND state = 'open' GROUP BY assignee_id`,
      [tenantId, ...some],
    );
    for (const { assignee_id: memberId, n } of counts) {
      const seat = batch.seats.get(pairKey(tenantId, memberId));
      if (seat) seat.open = Number(n);
    }
  }
}

function seatOf(tenantId: string, row: MemberRow, defaultCapacity: number): MemberSeat {
  return {
    ...{ tenantId, memberId: row.member_id, open: 0, givenAt: Number(row.given_at) },
    ...{ online: row.availability === 'online', lost: row.availability === 'offline' && row.lost_at !== null },
    capacity: row.capacity ?? defaultCapacity,
  };
}
