/** The wire of what members set for themselves: how the console looks, acts and makes itself heard. */

/** What the console tells a member of. */
export const NOTIFICATION_KINDS = ['message', 'assigned', 'mention', 'woken', 'handed-over'] as const;
/** One of `NOTIFICATION_KINDS`. */
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];
/** How it tells: in the centre behind the bell, by a sound, by the desktop of the device. */
export const NOTIFICATION_WAYS = ['centre', 'sound', 'desktop'] as const;
/** One of `NOTIFICATION_WAYS`. */
export type NotificationWay = (typeof NOTIFICATION_WAYS)[number];
/** For each kind the ways in which a member is told; an empty list = not at all. */
export type NotificationMatrix = Readonly<Record<NotificationKind, readonly NotificationWay[]>>;

/** Minutes after midnight, in the time of the device; `from` after `to` goes over midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** Looks of the console; `system` follows the device. */
export const PREFERENCE_THEMES = ['system', 'light', 'dark'] as const;
/** Languages of the console. */
export const PREFERENCE_LOCALES = ['zh-CN', 'en'] as const;
/** Keys that can send a reply; `mod` is Ctrl, and ⌘ on a Mac. */
export const SEND_KEYS = ['enter', 'mod-enter'] as const;

/** Everything that a member sets for themselves. */
export interface PreferenceSettings {
  /** null = as the device has it: never chosen while signed in. */
  readonly locale: (typeof PREFERENCE_LOCALES)[number] | null;
  readonly theme: (typeof PREFERENCE_THEMES)[number] | null;
  /** What sends a reply: Enter, or Enter with Ctrl (⌘), so that Enter alone is a new line. */
  readonly sendKey: (typeof SEND_KEYS)[number];
  /** Whether letters alone are shortcuts (WCAG 2.1.4). */
  readonly singleKeys: boolean;
  readonly sounds: boolean;
  readonly quietHours: QuietHours | null;
  readonly notify: NotificationMatrix;
  /** The list of first steps was put aside. */
  readonly welcomeSkipped: boolean;
}

/** `GET /account/me/preferences`: with what holds where nothing was set; `version` counts the changes. */
export interface Preferences extends PreferenceSettings {
  readonly version: number;
}

/**
 * `PATCH /account/me/preferences`: what is named is changed. 409 `account.preferences-changed` with `details {version,
 * fields}` where another device was quicker; 422 `account.preferences-invalid`.
 */
export interface PreferencesEdit {
  readonly version: number;
  readonly settings: Partial<PreferenceSettings>;
}

/** What holds where a member has set nothing. */
export const DEFAULT_PREFERENCES: PreferenceSettings = {
  locale: null,
  theme: null,
  sendKey: 'enter',
  singleKeys: true,
  sounds: true,
  quietHours: null,
  notify: {
    message: ['centre', 'sound', 'desktop'],
    assigned: ['centre', 'sound', 'desktop'],
    mention: ['centre', 'sound', 'desktop'],
    woken: ['centre', 'sound'],
    'handed-over': ['centre'],
  },
  welcomeSkipped: false,
};
