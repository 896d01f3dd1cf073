import type { Page } from 'playwright-core';
import { type Answers, body, failing, never, refused } from './answers.js';
import type { GalleryServer } from './gallery-server.js';
import type { WidgetScene } from './widget-server.js';
import type { Role } from './world-people.js';

/** What a screen can look like (ux 4.0.3); other names are states that only that screen has. */
export interface State {
  readonly name: string;
  /** `data-state` of the screen; the state's own name where it is not given, `ready` where the screen has no such state. */
  readonly shows?: string;
  /** Another screen than the catalogue's own, where the state leads to it. */
  readonly screen?: string;
  readonly role?: Role | 'nobody';
  readonly at?: string;
  readonly answers?: Answers;
  readonly lineless?: boolean;
  /** Pressed and written until it looks as it should; works in both languages. */
  readonly act?: (page: Page, gallery: GalleryServer) => Promise<unknown>;
  /** What has to be seen besides the screen itself. */
  readonly sees?: string;
  /** The console is loaded anew: what it keeps in memory besides its answers would show through. */
  readonly anew?: boolean;
  /** Only where there is this much room; both sizes where it is not given. */
  readonly only?: 'wide' | 'narrow';
  /** What the visitor meets, in states of the widget. */
  readonly widget?: WidgetScene;
}

export interface Screen {
  /** As in the router, from the root. */
  readonly route: string;
  /** `data-screen`. */
  readonly screen: string;
  readonly role: Role | 'nobody';
  readonly at: string;
  readonly states: readonly State[];
  /** States that every screen has and this one has not, each with its reason. */
  readonly without: Readonly<Partial<Record<Common, string>>>;
}

/** Each screen of the workspace has these, unless it says why not. */
export const COMMON = ['ready', 'loading', 'error', 'empty', 'no-permission'] as const;
export type Common = (typeof COMMON)[number];

export const READY: State = { name: 'ready' };

/** A screen whose one question to the server is `asks`: ready, waiting for the answer, refused. */
export function waits(asks: string): readonly State[] {
  return [
    READY,
    { name: 'loading', answers: { [asks]: never } },
    // Refused, not failed: what failed is asked for twice more, which looks the same and takes seconds.
    { name: 'error', answers: { [asks]: refused(429, 'http.too-many-requests') } },
  ];
}

/** The one screen on which the server fails, with its number beneath. */
export const fails = (asks: string): State => ({ name: 'server-failed', shows: 'error', answers: { [asks]: failing } });

export const empty = (asks: string, value: unknown = { items: [], next: null }): State => ({
  name: 'empty',
  answers: { [asks]: body(value) },
});

export const forbidden = (role: Role): State => ({ name: 'no-permission', screen: 'no-permission', role });

/** Presses what a selector finds. */
export const press =
  (...selectors: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const selector of selectors) await page.locator(selector).filter({ visible: true }).first().click();
  };

/** A dialog stands open after presses. */
export function dialog(name: string, selectors: readonly string[], rest: Partial<State> = {}): State {
  return { name, shows: 'ready', act: press(...selectors), sees: 'dialog[open]', ...rest };
}

/** `act` while another version than before is what is kept at `path`; until the page has told what differs. */
export function overtakenBy<T>(path: string, change: (kept: T) => T, act: State['act']): State['act'] {
  return async (page, gallery) => {
    const url = `**/api/v1${path}`;
    await page.route(url, async (route) => {
      if (route.request().method() !== 'GET') return route.fallback();
      const kept = (await (await route.fetch()).json()) as T;
      return route.fulfill({ json: change(kept) });
    });
    await act?.(page, gallery);
    await page.locator('.bar-changes').waitFor();
    await page.unroute(url);
  };
}
