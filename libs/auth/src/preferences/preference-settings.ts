import {
  DEFAULT_PREFERENCES,
  NOTIFICATION_KINDS,
  NOTIFICATION_WAYS,
  type NotificationMatrix,
  type NotificationWay,
  PREFERENCE_LOCALES,
  PREFERENCE_THEMES,
  type PreferenceSettings,
  type QuietHours,
  SEND_KEYS,
} from '@libs/contracts';

type Name = keyof PreferenceSettings;
type Check<T> = (value: unknown) => T | undefined;

const DAY_MINUTES = 24 * 60;

const oneOf =
  <T>(values: readonly T[]): Check<T> =>
  (value) =>
    values.find((one) => one === value);
const yesNo = oneOf([true, false]);

function minute(value: unknown): number | undefined {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < DAY_MINUTES ? Number(value) : undefined;
}

function quietHours(value: unknown): QuietHours | null | undefined {
  if (value === null) return null;
  if (typeof value !== 'object') return undefined;
  const { from, to } = value as { readonly from?: unknown; readonly to?: unknown };
  const [begins, ends] = [minute(from), minute(to)];
  return begins === undefined || ends === undefined || begins === ends ? undefined : { from: begins, to: ends };
}

/** The whole matrix: kinds that are not named keep what holds without a setting. */
function notify(value: unknown): NotificationMatrix | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as Readonly<Record<string, unknown>>;
  const matrix: Record<string, readonly NotificationWay[]> = {};
  for (const kind of NOTIFICATION_KINDS) {
    const ways = given[kind] ?? DEFAULT_PREFERENCES.notify[kind];
    if (!Array.isArray(ways) || ways.some((way) => !NOTIFICATION_WAYS.includes(way))) return undefined;
    matrix[kind] = NOTIFICATION_WAYS.filter((way) => ways.includes(way));
  }
  return matrix as NotificationMatrix;
}

const CHECKS: { readonly [K in Name]: Check<PreferenceSettings[K]> } = {
  locale: oneOf([...PREFERENCE_LOCALES, null]),
  theme: oneOf([...PREFERENCE_THEMES, null]),
  sendKey: oneOf(SEND_KEYS),
  singleKeys: yesNo,
  sounds: yesNo,
  quietHours,
  notify,
  welcomeSkipped: yesNo,
};
const NAMES = Object.keys(CHECKS) as Name[];

/** Settings of an edit that may be kept, and the names of those that may not. */
export function checkSettings(given: Readonly<Record<string, unknown>>): {
  readonly settings: Partial<PreferenceSettings>;
  readonly faults: readonly string[];
} {
  const named = NAMES.filter((name) => given[name] !== undefined);
  const checked = named.map((name) => [name, CHECKS[name](given[name])] as const);
  return {
    settings: Object.fromEntries(checked.filter(([, value]) => value !== undefined)),
    faults: checked.filter(([, value]) => value === undefined).map(([name]) => name),
  };
}

/** What was kept, over what holds without it; what an older program kept and this one does not know is left out. */
export function settingsFrom(text: string | null): PreferenceSettings {
  const kept = text === null ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
  return { ...DEFAULT_PREFERENCES, ...checkSettings(kept).settings };
}
