import type { PersonalChoice, PersonalChoices } from '@libs/contracts';
import type { Page } from 'playwright-core';
import { type Answers, body } from './answers.js';
import type { Screen, State } from './catalogue.js';
import { panelOf } from './visit.js';
import type { WidgetScene } from './widget-server.js';
import { DAY, HOUR, MINUTE, NOW } from './world-people.js';
import { askedChoices, choices, supersededChoices, withdrawnChoices } from './world-settings.js';

/** Presses what a selector finds in the panel. */
const press =
  (...selectors: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const selector of selectors) await panelOf(page).locator(selector).first().click();
  };

/** Functions made of text: this project knows no DOM, and the driver does not call what a text evaluates to. */
const IS_SEEN = new Function(
  'one',
  'return new Promise((seen) => new IntersectionObserver(([at]) => at.intersectionRatio > 0.9 && seen()).observe(one))',
) as (one: unknown) => Promise<void>;
const STAND_STILL = new Function(
  'const wait = window.setTimeout; window.setTimeout = (run, ms) => (ms > 1000 ? 0 : wait(run, ms));',
) as () => void;

const AGREE = '.choices .outline:last-child';
const DECLINE = '.choices .outline:nth-last-child(2)';

async function write(page: Page, text: string): Promise<void> {
  await panelOf(page).locator('textarea').fill(text);
}

async function send(page: Page, text = '快递什么时候到？'): Promise<void> {
  await panelOf(page).locator('.row').first().waitFor();
  await write(page, text);
  await panelOf(page).locator('textarea').press('Enter');
}

/** The way on stands below the message, and has to be seen without scrolling. */
async function sendInVain(page: Page): Promise<void> {
  await send(page);
  const button = panelOf(page).locator('.failed .small').last();
  await button.waitFor();
  await button.evaluate(IS_SEEN);
}

const choosing = (items: readonly PersonalChoice[], erasureAt: number | null = null): Answers => ({
  'GET /chat/widget/choices': body<PersonalChoices>({ choices: items, erasureAt, erasureHours: 24 }),
});

/** Somebody who wrote before. */
const back = (name: string, rest: Partial<State> = {}, scene: WidgetScene = {}): State => ({
  name,
  sees: '.row',
  ...rest,
  widget: { known: true, ...scene },
});

const AWAY = { open: false, changes: [NOW + 14 * HOUR] } as const;

/** Declined, the panel closes by itself after a while: time for a picture. */
async function declineForGood(page: Page): Promise<void> {
  await panelOf(page).locator('body').evaluate(STAND_STILL);
  await press(DECLINE)(page);
}

const LAUNCHER: readonly State[] = [
  { name: 'launcher', widget: { closed: true } },
  { ...back('launcher-unread', { sees: 'i:not([hidden])' }, { closed: true }) },
];

const FIRST_LOOK: readonly State[] = [
  { name: 'notice', sees: 'dl' },
  { name: 'notice-text', act: press('.notice .link'), sees: '.reading' },
  { name: 'declined', act: declineForGood, sees: '.centred [role=status]' },
  { name: 'agreed', act: press(AGREE), sees: 'textarea' },
  { name: 'outside-hours', widget: { settings: { hours: AWAY } }, act: press(AGREE), sees: '.header .meta' },
];

const TALK: readonly State[] = [
  back('conversation'),
  back('menu', { act: press('[aria-haspopup=menu]'), sees: '[role=menu]' }),
  back('queue', { sees: '.header .meta' }, { queue: { place: 4, of: 6 } }),
  back('watched', { sees: '.watched' }, { watched: true }),
  back('too-long', { act: (page) => write(page, '长'.repeat(10_412)), sees: '.error-text' }),
  back('sending', { act: (page) => send(page), sees: '.row.mine:last-child .meta' }),
  back('line-cut', {
    act: async (page, gallery) => {
      await panelOf(page).locator('.row').first().waitFor();
      gallery.cutLine();
      await panelOf(page).locator('.bar').first().waitFor();
      await send(page);
    },
    sees: '.bar',
  }),
  back('not-sent', { act: sendInVain, sees: '.failed' }, { refuses: 'chat.rate-limited' }),
  back('refused', { act: sendInVain, sees: '.failed' }, { refuses: 'privacy.function-off' }),
  back('leaving', { act: press('a.in-text, .in-text'), sees: 'dialog[open]' }),
];

const CHOICES: readonly State[] = [
  back('consent-card', { answers: choosing(askedChoices), sees: '.card .pair' }),
  back('newer-notice', { answers: choosing(supersededChoices), sees: '.card' }),
  back('your-data', { act: press('.foot button'), sees: '.choice' }),
  back('your-data-asking', {
    act: press('.foot button', '.choice[data-state=refused] .switch'),
    sees: '.choice .pair',
  }),
  back('withdraw-all', { act: press('.foot button', '.data > .outline.wide'), sees: '.question' }),
  back('policy', { act: press('.foot button', '.data > .link'), sees: '.versions' }),
  back('withdrawn', { answers: choosing(withdrawnChoices, NOW + DAY - MINUTE), sees: '.centred .statement' }),
  back('your-data-withdrawn', {
    answers: choosing(withdrawnChoices, NOW + DAY - MINUTE),
    act: press('[aria-haspopup=menu]', '[role=menuitem]'),
    sees: '.choice',
  }),
  back('all-off', {
    answers: choosing(choices.map((one) => (one.kind === 'basic' ? one : { ...one, state: 'refused', asked: false }))),
    act: press('.foot button'),
    sees: '.choice',
  }),
];

const OVER: readonly State[] = [
  back('ended', { sees: '.centred .outline' }, { ends: 'chat.token-revoked' }),
  back('unavailable', { sees: '.centred .statement' }, { ends: 'chat.inbox-closed' }),
];

/** The visitor's side: the button on a shop's page and the panel behind it. */
export const WIDGET: Screen = {
  route: '/shop',
  screen: 'widget',
  role: 'nobody',
  at: '/shop',
  without: {},
  states: [...LAUNCHER, ...FIRST_LOOK, ...TALK, ...CHOICES, ...OVER],
};
