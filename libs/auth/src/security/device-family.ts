/** Longest part of a user agent that is looked at; the rest tells nothing more. */
const MOST_CHARACTERS = 512;
const UNKNOWN = 'unknown';

/** From the most special to the most general: each browser names those that it descends from. */
const BROWSERS: readonly (readonly [mark: RegExp, name: string])[] = [
  [/MicroMessenger\//, 'WeChat'],
  [/EdgA?\/|EdgiOS\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/QQBrowser\//, 'QQ Browser'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
  [/Version\/[\d.]+.*Safari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [mark: RegExp, name: string])[] = [
  [/iPhone|iPad|iPod/, 'iOS'],
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
];

/** Browser and system in words, e.g. `Firefox on Windows`; null where the user agent is absent or tells neither (F-0108). */
export function deviceFamily(userAgent: string | undefined): string | null {
  const text = (userAgent ?? '').slice(0, MOST_CHARACTERS);
  const browser = BROWSERS.find(([mark]) => mark.test(text))?.[1];
  const system = SYSTEMS.find(([mark]) => mark.test(text))?.[1];
  if (!browser) return system ?? null;
  return system ? `${browser} on ${system}` : browser;
}

/** The same as a key: all that nobody can read are one. */
export function deviceKey(userAgent: string | undefined): string {
  return deviceFamily(userAgent) ?? UNKNOWN;
}
