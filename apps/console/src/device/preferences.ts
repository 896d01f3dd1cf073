/** What is kept per device: theme and language, nothing about a person. They hold before anybody signs in. */
import { useSyncExternalStore } from 'react';
import type { ThemeMode } from '../theme/antd-theme.js';
import type { Locale } from '../words/vocabulary.js';

export type ThemeChoice = 'system' | ThemeMode;
export interface Preferences {
  readonly theme: ThemeChoice;
  readonly locale: Locale;
}

const KEY = 'custodia.device';
const listeners = new Set<() => void>();
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');

function stored(): Partial<Record<keyof Preferences, unknown>> {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {}) as Partial<Record<keyof Preferences, unknown>>;
  } catch {
    // Storage refused or damaged: the choice then lives as long as the page.
    return {};
  }
}

function initial(): Preferences {
  const { theme, locale } = stored();
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    locale: locale === 'zh-CN' || locale === 'en' ? locale : navigator.language.startsWith('zh') ? 'zh-CN' : 'en',
  };
}

let current = initial();

function modeOf(choice: ThemeChoice): ThemeMode {
  return choice === 'system' ? (systemDark.matches ? 'dark' : 'light') : choice;
}

function applyToPage(): void {
  document.documentElement.lang = current.locale;
  document.documentElement.dataset.theme = modeOf(current.theme);
  for (const listener of listeners) listener();
}

type Chosen = (change: Partial<Preferences>) => void;
const choosers = new Set<Chosen>();

/** Tells of what somebody chooses here by hand, so that it can follow them to other devices. */
export function onChosen(tell: Chosen): () => void {
  choosers.add(tell);
  return () => choosers.delete(tell);
}

export function changePreferences(change: Partial<Preferences>): void {
  applyPreferences(change);
  for (const tell of choosers) tell(change);
}

/** What the member chose elsewhere. */
export function applyPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // See `stored`.
  }
  applyToPage();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current);
}

export function useThemeMode(): ThemeMode {
  return useSyncExternalStore(subscribe, () => modeOf(current.theme));
}

systemDark.addEventListener('change', applyToPage);
applyToPage();
