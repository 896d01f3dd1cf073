import { plainText } from '@libs/auth';
import { HOURS_LIMITS, type HoursDraft, type HoursPeriod, type SpecialDay } from '@libs/contracts';
import type { SqlReader } from '@libs/database';
import { type FieldFault, InvalidInputError } from '@libs/http';
import { textHash } from '@libs/privacy-core';
import { minuteOf } from './schedule.js';
import { dayOf, isTimeZone } from './zone.js';

/** Hours as they are stored. */
export interface HoursRecord extends HoursDraft {
  readonly id: string;
  readonly isDefault: boolean;
  readonly version: number;
}

/** The columns of a checked draft. */
export interface HoursColumns {
  readonly name: string;
  readonly nameHash: string;
  readonly timeZone: string;
  readonly week: string;
  readonly days: string;
}

interface HoursRow {
  readonly id: string;
  readonly name: string;
  readonly time_zone: string;
  readonly week: string;
  readonly days: string;
  readonly is_default: number | string;
  readonly version: number | string;
}

const COLUMNS = 'id, name, time_zone, week, days, is_default, version';
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const DAYS_A_WEEK = 7;

/** All hours of a tenant: those of the workspace first, then by name. */
export async function readHours(reader: SqlReader, tenantId: string): Promise<readonly HoursRecord[]> {
  const rows = await reader.all<HoursRow>(`SELECT ${COLUMNS} FROM chat_business_hours WHERE tenant_id = ?`, [tenantId]);
  return rows
    .map(recordOf)
    .sort((one, other) => Number(other.isDefault) - Number(one.isDefault) || one.name.localeCompare(other.name));
}

function recordOf({ id, name, time_zone: timeZone, week, days, is_default: isDefault, version }: HoursRow) {
  return {
    ...{ id, name, timeZone, week: week.split(';').map((day) => ({ periods: periodsOf(day) })) },
    days: days.split('\n').filter(Boolean).map(dayFrom),
    ...{ isDefault: Number(isDefault) === 1, version: Number(version) },
  };
}

/** Checks a draft; throws 422 with each field that is wrong. */
export function checkedHours(draft: HoursDraft): HoursColumns {
  const faults: FieldFault[] = [];
  const name = plain(faults, 'name', draft.name);
  if (!isTimeZone(draft.timeZone)) faults.push({ field: 'timeZone', rule: 'timeZone' });
  if (draft.week.length !== DAYS_A_WEEK) faults.push({ field: 'week', rule: 'sevenDays' });
  draft.week.forEach(({ periods }, at) => {
    checkPeriods(faults, `week[${at}].periods`, periods);
  });
  const seen = new Set<string>();
  draft.days.forEach(({ date, name: said, periods }, at) => {
    if (dayOf(date) === undefined) faults.push({ field: `days[${at}].date`, rule: 'date' });
    else if (seen.has(date)) faults.push({ field: `days[${at}].date`, rule: 'twice' });
    seen.add(date);
    if (said.trim() !== '') plain(faults, `days[${at}].name`, said);
    checkPeriods(faults, `days[${at}].periods`, periods);
  });
  if (faults.length > 0) throw new InvalidInputError(faults);
  const days = [...draft.days].sort((one, other) => (one.date < other.date ? -1 : 1));
  return {
    ...{ name, nameHash: hashOf(name), timeZone: draft.timeZone },
    week: draft.week.map(({ periods }) => textOf(periods)).join(';'),
    days: days.map((day) => `${day.date} ${textOf(day.periods) || '-'} ${kept(day.name)}`.trim()).join('\n'),
  };
}

/** At most four, in order, none over another: what touches may stay. */
function checkPeriods(faults: FieldFault[], field: string, periods: readonly HoursPeriod[]): void {
  if (periods.length > HOURS_LIMITS.periods) faults.push({ field, rule: 'maxPeriods' });
  let end = 0;
  for (const { from, to } of periods) {
    const wrong = !TIME.test(from) || !(TIME.test(to) || to === '24:00');
    if (wrong || minuteOf(from) >= minuteOf(to)) {
      faults.push({ field, rule: 'period' });
      return;
    }
    if (minuteOf(from) < end) {
      faults.push({ field, rule: 'overlap' });
      return;
    }
    end = minuteOf(to);
  }
}

function plain(faults: FieldFault[], field: string, value: string): string {
  const checked = plainText(value, HOURS_LIMITS.nameCharacters);
  if ('value' in checked) return checked.value;
  faults.push({ field, rule: checked.rule });
  return '';
}

function kept(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/gu, ' ');
}

function hashOf(name: string): string {
  return textHash(name.normalize('NFKC').toLowerCase());
}

function textOf(periods: readonly HoursPeriod[]): string {
  return periods.map(({ from, to }) => `${from}-${to}`).join(',');
}

function periodsOf(text: string): readonly HoursPeriod[] {
  if (text === '' || text === '-') return [];
  return text.split(',').map((period) => {
    const [from, to] = period.split('-');
    return { from: from!, to: to! };
  });
}

/** `<date> <periods or -> <name>`. */
function dayFrom(line: string): SpecialDay {
  const [date, periods, ...name] = line.split(' ');
  return { date: date!, name: name.join(' '), periods: periodsOf(periods!) };
}
