import type { ContactDetail, ContactPage } from '@libs/contracts';
import type { Page } from 'playwright-core';
import { body, failing, never, overtaken, refused } from './answers.js';
import { dialog, empty, fails, forbidden, overtakenBy, press, type Screen, type State, waits } from './catalogue.js';
import { contacts } from './world-desk.js';
import { idOf } from './world-people.js';
import * as talk from './world-talk.js';

const LIST = 'GET /chat/conversations';
const at = (view: string, id = '') => `/w/demo/conversations/${view}${id && `/${id}`}`;
const ROUTE = '/w/$slug/conversations';

/** A press of a key that belongs to no field. */
const key = (name: string) => async (page: Page) => {
  await page.locator('[data-screen=conversation-list][data-state=ready]').waitFor();
  await page.locator('#content').focus();
  await page.keyboard.press(name);
};

/** An act of the open conversation, by its key; on a phone it lies in a menu. */
const actOf = (name: string) => async (page: Page) => {
  await page.locator('.conversation-actions button').first().waitFor();
  const more = page.locator('.more-button');
  if (await more.isVisible()) await more.click();
  await page.locator(`.conversation-actions [aria-keyshortcuts="${name}"]`).click();
};

async function write(page: Page, text: string): Promise<void> {
  await page.locator('.composer textarea').fill(text);
}

const open = (view: string, row: { readonly id: string }, rest: Partial<State> & { readonly name: string }): State => ({
  screen: 'conversation',
  at: at(view, row.id),
  ...rest,
});

const PEOPLE = 'POST /crm/contacts/searches';
const TALKS_OF = 'POST /chat/conversations/searches';
const meant = (next: string | null = null) => body<ContactPage>({ items: contacts, next });

/** Looks for conversations; on a phone the field stands behind a button. */
const seek = (text: string) => async (page: Page) => {
  await page.locator('[data-screen=conversation-list][data-state=ready]').waitFor();
  const button = page.locator('.to-search');
  if (await button.isVisible()) await button.click();
  await page.locator('.list-search input').fill(text);
  await page.keyboard.press('Enter');
};

/** What was looked for is in the memory of the page, so each begins anew. */
const sought = (name: string, answers: State['answers'], rest: Partial<State>): State => ({
  ...{ name, answers: { [PEOPLE]: meant(), ...answers }, anew: true, act: seek('林小明') },
  ...rest,
});
const FOUND = { shows: 'ready', sees: '[data-seeks] a.row' };
const SOUGHT: readonly State[] = [
  sought('sought', {}, FOUND),
  sought('sought-many', { [PEOPLE]: meant('more') }, FOUND),
  sought('sought-beside', {}, { ...FOUND, at: at('mine', talk.OPEN.id), only: 'wide' }),
  sought('sought-waits', { [PEOPLE]: never }, { shows: 'loading', sees: '[data-seeks]' }),
  sought('sought-too-often', { [PEOPLE]: refused(429, 'crm.search-limit') }, { shows: 'error', sees: '[data-seeks]' }),
  sought('sought-empty', { [TALKS_OF]: refused(404, 'chat.conversation-not-found') }, {}),
  sought('sought-too-short', {}, { shows: 'ready', act: seek('m'), sees: '.list-search [aria-invalid]' }),
];

const LISTS: readonly State[] = [
  ...SOUGHT,
  ...waits(LIST),
  fails(LIST),
  empty(LIST),
  {
    name: 'empty-offline',
    shows: 'empty',
    anew: true,
    answers: {
      [LIST]: body({ items: [], next: null }),
      'GET /chat/availability': body({ availability: 'offline', lost: false, open: 0, capacity: 6 }),
    },
    sees: '.go-online button',
  },
  {
    name: 'filtered-empty',
    anew: true,
    answers: { [LIST]: ({ query }) => ({ body: { items: query.has('unread') ? [] : talk.mine, next: null } }) },
    at: at(idOf(71)),
  },
  { name: 'unassigned', shows: 'ready', at: at('unassigned') },
  { name: 'all', shows: 'ready', at: at('all') },
  { name: 'mentions', shows: 'ready', at: at('mentions') },
  { name: 'saved-view', shows: 'ready', at: at(idOf(70)) },
  { name: 'view-gone', shows: 'not-found', at: at(idOf(79)) },
  dialog('filters', ['.filter-line button']),
  { name: 'line-down', anew: true, shows: 'ready', lineless: true, sees: '.connection-bar, [data-line]' },
];

const AROUND: readonly State[] = [
  {
    name: 'account-menu',
    shows: 'ready',
    act: press('.nav-account > button'),
    sees: '#account-menu:popover-open',
  },
  {
    name: 'bell',
    shows: 'ready',
    act: (page) => page.evaluate(`document.getElementById('bell-panel').showPopover()`),
    sees: '#bell-panel:popover-open',
  },
  { name: 'palette', shows: 'ready', act: key('Control+k'), sees: 'dialog.palette[open]' },
  {
    name: 'palette-nothing',
    shows: 'ready',
    act: async (page) => {
      await key('Control+k')(page);
      await page.locator('dialog.palette input').fill('zzzzzz');
    },
    sees: 'dialog.palette[open]',
  },
  { name: 'keys', shows: 'ready', act: key('Shift+?'), sees: 'dialog[open]' },
];

const ONE = 'GET /chat/conversations/*';
const ITEMS = 'GET /chat/conversations/*/items';
const QUIET_LIST = { [LIST]: body({ items: [], next: null }) };

const TALKS: readonly State[] = [
  open('mine', talk.OPEN, { name: 'conversation', anew: true, shows: 'ready', sees: '.bubble' }),
  open('mine', talk.HARD_TALK, { name: 'conversation-hard-text', shows: 'ready', sees: '.bubble' }),
  open('mine', talk.OPEN, {
    name: 'conversation-loading',
    anew: true,
    shows: 'loading',
    answers: { ...QUIET_LIST, [ONE]: never },
  }),
  open('mine', talk.OPEN, { name: 'messages-loading', anew: true, shows: 'loading', answers: { [ITEMS]: never } }),
  open('mine', talk.OPEN, { name: 'messages-failed', anew: true, shows: 'failed', answers: { [ITEMS]: failing } }),
  open('mine', talk.OPEN, {
    name: 'conversation-error',
    shows: 'error',
    answers: { ...QUIET_LIST, [ONE]: refused(429, 'http.too-many-requests') },
  }),
  open('mine', { id: idOf(999) }, { name: 'conversation-not-found', shows: 'not-found' }),
  open('unassigned', talk.unassigned[0]!, { name: 'headline' }),
  open('mine', talk.WITHHELD, {
    name: 'withheld',
    anew: true,
    shows: 'ready',
    answers: { [ITEMS]: ({ path }) => ({ body: { items: talk.withheldItemsOf(path[2]!), more: false } }) },
  }),
  open('mine', talk.mine[5]!, { name: 'snoozed', shows: 'ready', sees: '.bubble' }),
  open('mine', talk.mine[7]!, { name: 'resolved', shows: 'ready', sees: '.bubble' }),
  open('mine', talk.OPEN, {
    name: 'sending',
    anew: true,
    shows: 'ready',
    sees: '[data-delivery]',
    act: async (page) => {
      await write(page, '好的，已为你登记退货');
      await page.locator('.composer textarea').press('Enter');
    },
  }),
  open('mine', talk.OPEN, {
    name: 'note',
    anew: true,
    shows: 'ready',
    sees: '.composer-note',
    act: async (page) => {
      await press('.composer-tabs .mode:nth-child(2)')(page);
      await write(page, '直接走免检退款');
    },
  }),
  open('mine', talk.OPEN, {
    name: 'canned-suggestions',
    anew: true,
    shows: 'ready',
    sees: '[role=listbox]',
    act: async (page) => {
      await write(page, '');
      await page.locator('.composer textarea').pressSequentially('/');
    },
  }),
  open('mine', talk.OPEN, {
    name: 'draft-warning',
    anew: true,
    shows: 'ready',
    act: (page) => write(page, '你的号码是11010519491231002X'),
  }),
  open('mine', talk.OPEN, {
    name: 'scheduled-replies',
    anew: true,
    shows: 'ready',
    sees: '.scheduled-reply',
    answers: { [`${ONE}/scheduled-replies`]: body({ items: talk.scheduled }) },
  }),
  open('mine', talk.OPEN, {
    name: 'send-later',
    anew: true,
    shows: 'ready',
    sees: 'dialog[open]',
    act: async (page) => {
      await write(page, '好的，已为你登记退货');
      await press('.send-caret', '.send-menu button:nth-child(3)')(page);
    },
    only: 'wide',
  }),
  open('mine', talk.OPEN, { ...dialog('hand-over', []), act: actOf('T') }),
  open('mine', talk.OPEN, { ...dialog('snooze', []), act: actOf('S') }),
  open('mine', talk.OPEN, {
    ...dialog('labels', []),
    act: async (page) => {
      await page.locator('.bubble').first().waitFor();
      await page.locator('.log').focus();
      await page.keyboard.press('l');
    },
    only: 'wide',
  }),
  open('mine', talk.OPEN, {
    name: 'details',
    shows: 'ready',
    only: 'narrow',
    act: press('.more-button', '.details-button'),
    sees: '[data-screen=contact-panel]',
  }),
  open('all', talk.others, { name: 'live-view', shows: 'ready', role: 'supervisor', sees: '.live-view' }),
];

export const TALK_SCREENS: readonly Screen[] = [
  {
    route: ROUTE,
    screen: 'conversation-list',
    role: 'agent',
    at: at('mine'),
    without: {},
    states: [...LISTS, ...AROUND, ...TALKS, forbidden('privacy-officer')],
  },
];

const CONTACTS = 'GET /crm/contacts';
const CONTACT = 'GET /crm/contacts/*';

export const CONTACT_SCREENS: readonly Screen[] = [
  {
    route: '/w/$slug/contacts',
    screen: 'contacts',
    role: 'supervisor',
    at: '/w/demo/contacts',
    without: { 'no-permission': 'every role sees contacts, each as far as it may' },
    states: [
      ...waits(CONTACTS),
      empty(CONTACTS),
      {
        name: 'filtered-empty',
        anew: true,
        act: async (page) => {
          await page.locator('main input[type=search], main input').first().fill('13800000000');
          await page.keyboard.press('Enter');
        },
      },
      { name: 'picked', anew: true, shows: 'ready', act: press('main input[type=checkbox]') },
    ],
  },
  {
    route: '/w/$slug/contacts/$contactId',
    screen: 'contact',
    role: 'admin',
    at: `/w/demo/contacts/${idOf(300)}`,
    without: {
      empty: 'a person is there or is not',
      'no-permission': 'every role sees contacts, each as far as it may',
    },
    states: [
      ...waits(CONTACT),
      { name: 'history', shows: 'ready', act: press('.person-talks + button'), sees: '.person-talks > :nth-child(7)' },
      { name: 'history-loading', shows: 'ready', answers: { [LIST]: never }, sees: '[data-talks=loading]' },
      {
        name: 'history-error',
        shows: 'ready',
        answers: { [LIST]: refused(429, 'http.too-many-requests') },
        sees: '[data-talks=error]',
      },
      {
        name: 'history-empty',
        shows: 'ready',
        answers: { [LIST]: refused(404, 'chat.conversation-not-found') },
        sees: '[data-talks=empty]',
      },
      { name: 'not-found', answers: { [CONTACT]: refused(404, 'crm.contact-not-found') } },
      {
        name: 'reveal',
        shows: 'ready',
        answers: { 'POST /crm/contacts/*/reveals': refused(422, 'privacy.reveal-reason-required') },
        act: press('[data-field=mobile] .text-act'),
      },
      {
        name: 'editing',
        shows: 'ready',
        act: press('[data-field=name] .text-act:last-child'),
        sees: '.fact-editor',
      },
      {
        name: 'conflict',
        shows: 'ready',
        answers: { 'PATCH /crm/contacts/*': overtaken('crm.contact-changed', { version: 3 }) },
        sees: '[data-bar=conflict]',
        act: overtakenBy<ContactDetail>(
          `/crm/contacts/${idOf(300)}`,
          (kept) => ({
            ...{ ...kept, version: 3, marks: { ...kept.marks, name: 'm7', mobile: 'm8' } },
            fields: {
              ...kept.fields,
              name: { face: 'plain', value: '林晓文' },
              mobile: { face: 'masked', value: '139****0077' },
            },
          }),
          async (page) => {
            await press('[data-field=name] .text-act:last-child')(page);
            await page.locator('.fact-editor input').fill('林小雯');
            await page.locator('.facts-save .ant-btn-primary').click();
          },
        ),
      },
    ],
  },
];
