import { describe, expect, it } from 'vitest';
import { PLACE_NAMES } from './place-names.js';
import { zoneGroups, zoneLabel } from './zone-names.js';

const flat = (locale: 'zh-CN' | 'en', kept: string) => zoneGroups(locale, kept).flatMap(({ zones }) => zones);

describe('time zones to choose from', () => {
  it('are each there once, below their part of the world, with a name in the language', () => {
    const zones = flat('en', 'Asia/Shanghai');
    expect(new Set(zones.map(({ zone }) => zone)).size).toBe(zones.length);
    const asia = zoneGroups('en', 'Asia/Shanghai').find(({ area }) => area === 'Asia')!;
    expect(asia.zones.find(({ zone }) => zone === 'Asia/Shanghai')?.label).toMatch(/^Shanghai \(China.*, GMT\+8\)$/);
    expect(zones.filter(({ label }) => /_|\//.test(label) || label === '')).toEqual([]);
  });

  it('are found in Chinese by the Chinese name of the place', () => {
    const asia = zoneGroups('zh-CN', 'Asia/Shanghai').find(({ area }) => area === '亚洲')!;
    expect(asia.zones.find(({ zone }) => zone === 'Asia/Shanghai')?.label).toMatch(/^上海（中国.*，GMT\+8）$/);
    expect(zoneGroups('zh-CN', 'Asia/Shanghai').filter(({ area }) => /[a-z]/i.test(area))).toEqual([]);
    // A place whose name nobody wrote down keeps that of the list.
    expect(zoneLabel('zh-CN', 'America/Bogota')).toMatch(/^Bogota（/);
  });

  it('are known by every name that the words give to places', () => {
    const known = new Set(Intl.supportedValuesOf('timeZone'));
    expect(Object.keys(PLACE_NAMES['zh-CN'].cities).filter((zone) => !known.has(zone))).toEqual([]);
    const areas = new Set([...known].map((zone) => zone.split('/')[0]!));
    expect([...areas].filter((area) => !(area in PLACE_NAMES['zh-CN'].areas))).toEqual([]);
  });

  it.each(['Etc/GMT+5', 'Mars/Olympus'])('have the kept one even where the list lacks it: %s', (kept) => {
    expect(flat('en', kept).filter(({ zone }) => zone === kept)).toHaveLength(1);
  });
});
