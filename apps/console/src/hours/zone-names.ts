import type { Locale } from '../words/vocabulary.js';

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
    const [area = zone, ...place] = zone.split('/');
    const city = place.length === 0 ? area : place.join(', ').replaceAll('_', ' ');
    const name = nameOf(zone, locale);
    const zones = groups.get(area) ?? [];
    groups.set(area, zones);
    zones.push({ zone, label: name === '' ? city : `${city} (${name})` });
  }
  return [...groups].map(([area, zones]) => ({ area, zones })).sort((one, other) => (one.area < other.area ? -1 : 1));
}

/** What a zone is called, without the hour that summer adds; empty for one that this browser does not know. */
function nameOf(timeZone: string, locale: Locale): string {
  try {
    const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' }).formatToParts(0);
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  } catch {
    return '';
  }
}
