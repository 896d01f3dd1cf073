import type { Database } from '@libs/database';
import { expect, it, vi } from 'vitest';
import { BusinessHours } from './business-hours.js';

const DAY = '09:00-18:00';
const ROW = {
  ...{ id: 'hours', name: 'week', time_zone: 'Asia/Shanghai', days: '', is_default: 1, version: 1 },
  week: Array.from({ length: 7 }, () => DAY).join(';'),
};
const NOON = Date.parse('2026-03-16T12:00:00+08:00');
const SIX = Date.parse('2026-03-16T18:00:00+08:00');

function open(): BusinessHours {
  const all = async (sql: string) => (sql.includes('chat_business_hours') ? [ROW] : []);
  return new BusinessHours({ reader: { all } } as unknown as Database);
}

it('P-1016 what the public file says is worked out once a minute, and anew when hours change or are edited', async () => {
  const asked = vi.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
  const hours = open();
  const costs = async (at: number): Promise<readonly [boolean, boolean]> => {
    asked.mockClear();
    const told = await hours.outlook('tenant', 'inbox', at);
    return [told!.open, asked.mock.calls.length > 0];
  };
  expect(await costs(NOON)).toEqual([true, true]);
  expect(await costs(NOON + 1)).toEqual([true, false]);
  expect(await costs(NOON + 59_999)).toEqual([true, false]);
  expect(await costs(NOON + 60_000)).toEqual([true, true]);
  expect(await costs(SIX - 30_000)).toEqual([true, true]);
  expect(await costs(SIX - 1)).toEqual([true, false]);
  expect(await costs(SIX)).toEqual([false, true]);
  // A clock that was set back.
  expect(await costs(NOON)).toEqual([true, true]);
  hours.drop('tenant');
  expect(await costs(NOON)).toEqual([true, true]);
  asked.mockRestore();
});
