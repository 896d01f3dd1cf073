/** What is kept per device: theme, language and how the screen is laid out, nothing about a person. */
import { useSyncExternalStore } from 'react';
import type { ThemeMode } from '../theme/antd-theme.js';
import type { Locale } from '../words/vocabulary.js';

export type ThemeChoice = 'system' | ThemeMode;
export interface Preferences {
  readonly theme: ThemeChoice;
  readonly locale: Locale;
}

/** How this screen is laid out. It follows nobody to another device. */
export interface Layout {
  readonly foldedNav: boolean;
  readonly foldedPanel: boolean;
  /** Rows of lists with less air. */
  readonly compact: boolean;
}

const KEY = 'custodia.device';
const listeners = new Set<() => void>();
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');

function stored(): Partial<Record<keyof Preferences | keyof Layout, unknown>> {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {}) as ReturnType<typeof stored>;
  } catch {
    // Storage refused or damaged: the choice then lives as long as the page.
    return {};
  }
}

function initial(): Preferences & Layout {
  const { theme, locale, foldedNav, foldedPanel, compact } = stored();
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    locale: locale === 'zh-CN' || locale === 'en' ? locale : navigator.language.startsWith('zh') ? 'zh-CN' : 'en',
    foldedNav: foldedNav === true,
    foldedPanel: foldedPanel === true,
    compact: compact === true,
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
export function applyPreferences(change: Partial<Preferences & Layout>): void {
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

export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, () => current);
}

/** Folds or unfolds a part of the screen, on this device. */
export function toggleLayout(part: keyof Layout): void {
  applyPreferences({ [part]: !current[part] });
}

export function useThemeMode(): ThemeMode {
  return useSyncExternalStore(subscribe, () => modeOf(current.theme));
}

systemDark.addEventListener('change', applyToPage);
applyToPage();
