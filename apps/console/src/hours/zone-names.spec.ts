import { describe, expect, it } from 'vitest';
import { zoneGroups } from './zone-names.js';

const flat = (locale: 'zh-CN' | 'en', kept: string) => zoneGroups(locale, kept).flatMap(({ zones }) => zones);

describe('time zones to choose from', () => {
  it('are each there once, below their part of the world, with a name in the language', () => {
    const zones = flat('en', 'Asia/Shanghai');
    expect(new Set(zones.map(({ zone }) => zone)).size).toBe(zones.length);
    const asia = zoneGroups('en', 'Asia/Shanghai').find(({ area }) => area === 'Asia')!;
    expect(asia.zones.find(({ zone }) => zone === 'Asia/Shanghai')?.label).toMatch(/^Shanghai \(China/);
    expect(flat('zh-CN', 'Asia/Shanghai').find(({ zone }) => zone === 'Asia/Shanghai')?.label).toContain('中国');
    expect(zones.filter(({ label }) => /[_/]/.test(label) || label === '')).toEqual([]);
  });

  it.each(['Etc/GMT+5', 'Mars/Olympus'])('have the kept one even where the list lacks it: %s', (kept) => {
    expect(flat('en', kept).filter(({ zone }) => zone === kept)).toHaveLength(1);
  });
});
