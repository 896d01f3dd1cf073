import type { Locale } from '../words/vocabulary.js';
import { PLACE_NAMES } from './place-names.js';

/** A time zone as somebody chooses it. */
export interface ZoneName {
  /** As it is kept. */
  readonly zone: string;
  readonly label: string;
}

/** Zones of one part of the world, by their names. */
export interface ZoneGroup {
  readonly area: string;
  readonly zones: readonly ZoneName[];
}

/** Every zone that this browser knows, and the one that is kept, in the words of a language. */
export function zoneGroups(locale: Locale, kept: string): readonly ZoneGroup[] {
  const known = Intl.supportedValuesOf('timeZone');
  const all = known.includes(kept) || kept === '' ? known : [...known, kept];
  const groups = new Map<string, ZoneName[]>();
  for (const zone of all) {
    const [part = zone] = zone.split('/');
    const area = PLACE_NAMES[locale].areas[part] ?? part;
    const zones = groups.get(area) ?? [];
    groups.set(area, zones);
    zones.push({ zone, label: zoneLabel(locale, zone) });
  }
  const order = new Intl.Collator(locale);
  for (const zones of groups.values()) zones.sort((one, other) => order.compare(one.label, other.label));
  return [...groups]
    .map(([area, zones]) => ({ area, zones }))
    .sort((one, other) => order.compare(one.area, other.area));
}

/** A place, what its time is called and how far it is from Greenwich now: `上海（中国时间，GMT+8）`. */
export function zoneLabel(locale: Locale, zone: string): string {
  const [, ...place] = zone.split('/');
  const city = PLACE_NAMES[locale].cities[zone] ?? (place.length === 0 ? zone : place.join(', ').replaceAll('_', ' '));
  const about = [nameOf(zone, locale, 'longGeneric', 0), nameOf(zone, locale, 'shortOffset', Date.now())];
  const told = [...new Set(about)].filter((text) => text !== '' && text !== city);
  if (told.length === 0) return city;
  return locale === 'zh-CN' ? `${city}（${told.join('，')}）` : `${city} (${told.join(', ')})`;
}

/** A zone's name or offset; empty for one that this browser does not know. Names leave out the hour that summer adds. */
function nameOf(timeZone: string, locale: Locale, timeZoneName: 'longGeneric' | 'shortOffset', at: number): string {
  try {
    const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName }).formatToParts(at);
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  } catch {
    return '';
  }
}
