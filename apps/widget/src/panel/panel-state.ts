import type { InboxSettings } from '@libs/contracts';
import type { Locale } from '../bridge/bridge-messages.js';
import type { ChoicesState } from './choice-book.js';
import type { SafeLink } from './links.js';
import type { ChatSnapshot } from './transport/snapshot.js';

/** `withdrawn`: the consent to the conversation was taken back; everything waits for erasure or a new yes. */
export type Screen = 'loading' | 'notice' | 'refused' | 'conversation' | 'withdrawn' | 'ended';

/** What lies before the screen: nothing, the visitor's choices, or the policy. */
export type Page = 'choices' | 'policy' | undefined;

export interface PanelState {
  readonly screen: Screen;
  readonly page: Page;
  readonly choices: ChoicesState;
  /** Messages wait because the server asked for consent (again) with this code. */
  readonly gate: string | undefined;
  readonly locale: Locale;
  readonly settings: InboxSettings | undefined;
  /** The host page wants it light or dark, whatever the inbox says. */
  readonly forcedTheme: 'light' | 'dark' | undefined;
  readonly chat: ChatSnapshot;
  /** The stable code behind the notice or the end, where there is one. */
  readonly code: string | undefined;
  readonly busy: boolean;
  readonly unanswered: boolean;
  readonly storageRefused: boolean;
  /** A tone for new messages; off until the visitor switches it on. */
  readonly sound: boolean;
  /** Another site that the visitor is about to open. */
  readonly leaving: SafeLink | undefined;
  readonly agreedVersion: number | undefined;
  /** A refused text taken back for editing. */
  readonly draft: string | undefined;
  /** Grows each time the panel comes before the visitor's eyes: focus goes to the heading. */
  readonly shownTimes: number;
}

/** Before the host page has said anything. */
export function firstState(chat: ChatSnapshot, choices: ChoicesState): PanelState {
  return {
    screen: 'loading',
    page: undefined,
    choices,
    gate: undefined,
    locale: 'zh-CN',
    settings: undefined,
    forcedTheme: undefined,
    chat,
    code: undefined,
    busy: false,
    unanswered: false,
    storageRefused: false,
    sound: false,
    leaving: undefined,
    agreedVersion: undefined,
    draft: undefined,
    shownTimes: 0,
  };
}

/** Language in which the notice is shown: another one where there is none in the visitor's. */
export function noticeLocale({ settings, locale }: PanelState): Locale {
  const notices = settings?.notice ?? {};
  return notices[locale] ? locale : ((Object.keys(notices)[0] as Locale | undefined) ?? locale);
}

/** Name of the business in the visitor's language, where it gave one. */
export function businessName({ settings, locale }: PanelState): string {
  return settings?.businessNames?.[locale] ?? settings?.businessName ?? '';
}
