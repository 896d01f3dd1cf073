import { UnexpectedError, UserError } from '@libs/kernel';

/** Calendar months that the law asks to keep network logs, from use and again from the tenant's end. */
const LOG_FLOOR_MONTHS = 6;

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** The calendar month of a time, in UTC: `2026-11`. */
export function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, 7);
}

/** The moment from which a month of logs may be purged: both floors have passed. */
export interface LogFloor {
  /** Six calendar months after the last moment of the month. */
  readonly fromUse: number;
  /** Six calendar months after the tenant's end, null while it is served. */
  readonly fromEnd: number | null;
  readonly until: number;
}

/** The floors of a month of logs (requirements C-03). */
export function logFloor(month: string, endedAt: number | null): LogFloor {
  const parts = MONTH.exec(month);
  if (!parts) throw new UnexpectedError('audit.month-invalid', `"${month}" is no calendar month`);
  const fromUse = Date.UTC(Number(parts[1]), Number(parts[2]) + LOG_FLOOR_MONTHS, 1);
  const fromEnd = endedAt === null ? null : addMonths(endedAt, LOG_FLOOR_MONTHS);
  return { fromUse, fromEnd, until: Math.max(fromUse, fromEnd ?? fromUse) };
}

/** A tenant may keep logs longer, never shorter. */
export function assertLogMonths(months: number): void {
  if (Number.isInteger(months) && months >= LOG_FLOOR_MONTHS) return;
  throw new UserError('audit.floor-shortened', 'Network logs are kept for at least six months by law.', {
    status: 422,
    details: { floorMonths: LOG_FLOOR_MONTHS },
  });
}

/** The same day `months` later; the last day of the month where that day does not exist. */
function addMonths(at: number, months: number): number {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}
