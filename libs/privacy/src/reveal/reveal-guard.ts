import { type Tx, type UnitOfWork, upsert, type Work } from '@libs/database';
import { type Clock, newId, UserError } from '@libs/kernel';
import type { FieldCode } from '@libs/privacy-core';
import type { TenantSettings } from '@libs/tenancy';
import type { Who } from '../register/register-version.js';
import { ALARM_AT, ALARM_LINES, type AlarmLine, lineOf } from './alarm-line.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Values that a member is about to see. */
export interface RevealTake {
  /** Each with how many values. */
  readonly values: readonly { readonly field: FieldCode; readonly count: number }[];
  /** A second person has agreed: it counts for the alarm, not for the hour. */
  readonly approved?: boolean;
}

/** What the guard needs. */
export interface RevealGuardPorts {
  readonly work: UnitOfWork;
  readonly settings: Pick<TenantSettings, 'number'>;
  readonly clock: Clock;
}

interface Taken {
  readonly at: number;
  readonly line: AlarmLine | typeof SEARCH;
  readonly shown: number;
  readonly approved: boolean;
}

/** Searches for one whole value are counted beside the reveals and for no alarm. */
const SEARCH = 'search';

/** Takes of a member that stay whatever their age. */
const MOST_KEPT = 500;

const GUARD = {
  table: 'privacy_reveal_guard',
  columns: ['tenant_id', 'member_id', 'content_alarm_at', 'transaction_alarm_at', 'other_alarm_at'],
  keys: ['tenant_id', 'member_id'],
  update: [],
} as const;
const TAKE = ['tenant_id', 'member_id', 'id', 'at', 'line', 'shown', 'approved'];

/**
 * How much a member may reveal. Each reveal is counted in the database before its value is opened, under a lock on the
 * member's row: a restart forgets nothing and two processes count together. A refused one leaves nothing.
 */
export class RevealGuard {
  constructor(private readonly ports: RevealGuardPorts) {}

  /** Takes from the member's hour; 429 `privacy.reveal-limit` with `retryAt` where it is used up. */
  async take(who: Who, take: RevealTake): Promise<void> {
    const limit = await this.ports.settings.number(who.tenantId, 'privacy.reveals-per-hour');
    const crossed = await this.ports.work.upkeep((tx) => this.count(tx, who, take, limit), new Set([who.tenantId]));
    for (const { line, shown } of crossed) await this.alarm(who, line, shown);
  }

  /**
   * Counts a search for one whole value: of `138****1234` four digits are unknown, and who could ask ten thousand times
   * would reveal it without a reveal. Throws what `refuse` makes where the hour is used up.
   */
  async takeSearch(
    { tenantId, memberId }: Pick<Who, 'tenantId' | 'memberId'>,
    limit: number,
    refuse: (limit: number, retryAt: number) => UserError,
  ): Promise<void> {
    const who = { tenantId, memberId };
    await this.ports.work.upkeep(
      async (tx) => {
        const now = this.ports.clock.now();
        await lockMember(tx, who);
        const before = (await takenSince(tx, who, now - HOUR_MS)).filter(({ line }) => line === SEARCH);
        const retryAt = roomAt(before, 1, limit, now);
        if (retryAt !== undefined) throw refuse(limit, retryAt);
        await tx.insert('privacy_reveal_take', TAKE, [[tenantId, memberId, newId(now), now, SEARCH, 1, 0]]);
        await dropOld(tx, who, now);
      },
      new Set([tenantId]),
    );
  }

  private async count(
    tx: Tx,
    who: Who,
    take: RevealTake,
    limit: number,
  ): Promise<{ line: AlarmLine; shown: number }[]> {
    const { tenantId, memberId } = who;
    const alarmed = await lockMember(tx, who);
    const now = this.ports.clock.now();
    const before = (await takenSince(tx, who, now - DAY_MS)).filter(({ line }) => line !== SEARCH);
    const taking = linesOf(take);
    if (!take.approved) assertRoom(before, taking, limit, now);
    const rows = taking.map(({ line, shown }) => {
      return [tenantId, memberId, newId(now), now, line, shown, take.approved ? 1 : 0];
    });
    await tx.insert('privacy_reveal_take', TAKE, rows);
    await dropOld(tx, who, now);
    const all = [...before, ...taking];
    return taking
      .map(({ line }) => ({ line, shown: sum(all.filter((one) => one.line === line)) }))
      .filter(({ line, shown }) => shown >= ALARM_AT[line] && isDue(alarmed[line], now));
  }

  /** Once per line, member and day. Where two processes see the crossing, the one that marks it first tells. */
  private async alarm(who: Who, line: AlarmLine, shown: number): Promise<void> {
    const { tenantId, memberId, correlationId } = who;
    const scope = {
      ...{ tenantId, correlationId, purpose: 'security' },
      actor: { kind: 'member', id: memberId } as const,
    };
    try {
      await this.ports.work.run(scope, (work) => this.mark(work, who, line, shown));
    } catch (error) {
      if (!(error instanceof AlarmTold)) throw error;
    }
  }

  private async mark({ tx, record }: Work, who: Who, line: AlarmLine, shown: number): Promise<void> {
    const { tenantId, memberId } = who;
    const now = this.ports.clock.now();
    const column = `${line}_alarm_at`;
    const marked = await tx.run(
      `UPDATE privacy_reveal_guard SET ${column} = ? WHERE tenant_id = ? AND member_id = ? ` +
        `AND (${column} IS NULL OR ${column} <= ? OR ${column} > ?)`,
      [now, tenantId, memberId, now - DAY_MS, now + HOUR_MS],
    );
    if (marked === 0) throw new AlarmTold();
    record({
      kind: 'privacy.reveal-alarm.v1',
      subjectId: null,
      resource: `member:${memberId}`,
      fields: line,
      detail: () => ({ line: ALARM_AT[line], shown }),
      commitment: null,
    });
  }
}

/** Another process told it first. */
class AlarmTold extends Error {}

type Member = Pick<Who, 'tenantId' | 'memberId'>;

/** Locks the row that reveals and searches of a member queue at; answers when each alarm was raised last. */
async function lockMember(tx: Tx, { tenantId, memberId }: Member): Promise<Readonly<Record<AlarmLine, number | null>>> {
  await upsert(tx, GUARD, [tenantId, memberId, null, null, null]);
  const [row] = await tx.all<Record<string, number | string | null>>(
    'SELECT content_alarm_at, transaction_alarm_at, other_alarm_at FROM privacy_reveal_guard ' +
      `WHERE tenant_id = ? AND member_id = ?${tx.dialect === 'mariadb' ? ' FOR UPDATE' : ''}`,
    [tenantId, memberId],
  );
  const at = (line: AlarmLine) => (row?.[`${line}_alarm_at`] == null ? null : Number(row[`${line}_alarm_at`]));
  return { content: at('content'), transaction: at('transaction'), other: at('other') };
}

/**
 * Takes go by age only when newer ones have taken their place: a clock that is set forward and back finds them again.
 */
async function dropOld(tx: Tx, { tenantId, memberId }: Member, now: number): Promise<void> {
  const [last] = await tx.all<{ at: number | string }>(
    `SELECT at FROM privacy_reveal_take WHERE tenant_id = ? AND member_id = ? ORDER BY at DESC LIMIT 1 OFFSET ${MOST_KEPT}`,
    [tenantId, memberId],
  );
  if (!last) return;
  await tx.run('DELETE FROM privacy_reveal_take WHERE tenant_id = ? AND member_id = ? AND at <= ?', [
    ...[tenantId, memberId],
    Math.min(Number(last.at), now - 2 * DAY_MS),
  ]);
}

async function takenSince(tx: Tx, { tenantId, memberId }: Member, since: number): Promise<Taken[]> {
  const rows = await tx.all<{
    at: number | string;
    line: Taken['line'];
    shown: number | string;
    approved: number | string;
  }>(
    'SELECT at, line, shown, approved FROM privacy_reveal_take WHERE tenant_id = ? AND member_id = ? AND at > ? ORDER BY at',
    [tenantId, memberId, since],
  );
  return rows.map(({ at, line, shown, approved }) => ({
    ...{ at: Number(at), line, shown: Number(shown) },
    approved: Number(approved) === 1,
  }));
}

function linesOf({ values }: RevealTake): { line: AlarmLine; shown: number }[] {
  return ALARM_LINES.map((line) => ({
    line,
    shown: values.reduce((total, { field, count }) => total + (lineOf(field) === line ? count : 0), 0),
  })).filter(({ shown }) => shown > 0);
}

/** Throws unless the hour has room. */
function assertRoom(
  before: readonly Taken[],
  taking: readonly { readonly shown: number }[],
  limit: number,
  now: number,
): void {
  const hour = before.filter(({ at, approved }) => !approved && at > now - HOUR_MS);
  const retryAt = roomAt(hour, sum(taking), limit, now);
  if (retryAt === undefined) return;
  throw new UserError('privacy.reveal-limit', 'No more values can be shown for now.', {
    status: 429,
    details: { limit, retryAt },
  });
}

/** When enough of the hour has passed for `wanted` more; undefined where there is room now. */
function roomAt(hour: readonly Taken[], wanted: number, limit: number, now: number): number | undefined {
  let over = sum(hour) + wanted - limit;
  if (over <= 0) return undefined;
  let retryAt = now + HOUR_MS;
  for (const { at, shown } of hour) {
    over -= shown;
    retryAt = at + HOUR_MS;
    if (over <= 0) break;
  }
  return retryAt;
}

function isDue(last: number | null, now: number): boolean {
  // One of the future was told by a clock that has been set back since: it silences nothing.
  return last === null || last <= now - DAY_MS || last > now + HOUR_MS;
}

function sum(items: readonly { readonly shown: number }[]): number {
  return items.reduce((total, { shown }) => total + shown, 0);
}
