import type { HoursList } from '@libs/contracts';
import { body, never, overtaken, refused } from './answers.js';
import {
  dialog,
  empty,
  fails,
  forbidden,
  overtakenBy,
  press,
  READY,
  type Screen,
  type State,
  waits,
} from './catalogue.js';
import { HARD, idOf, preferences } from './world-people.js';
import { firstRuns } from './world-settings.js';

const owner = { role: 'owner' } as const;
const EVERYBODYS = 'everybody has their own';
const ALWAYS = 'there is always something to show';
const base = '/w/demo/settings';

const tab = (name: string): State => ({
  name: `tab-${name}`,
  shows: 'ready',
  at: `${base}/inboxes/${idOf(60)}?tab=${name}`,
});

const step = (name: string): State => ({
  name: `wizard-${name}`,
  screen: 'inbox-wizard',
  shows: 'ready',
  at: `${base}/inboxes/${idOf(61)}?tab=${name}&wizard=true`,
});

const INBOX: Screen = {
  route: '/w/$slug/settings/inboxes/$inboxId',
  screen: 'inbox',
  ...owner,
  at: `${base}/inboxes/${idOf(60)}`,
  without: { empty: ALWAYS },
  states: [
    ...waits('GET /chat/inboxes/*'),
    ...['origins', 'notice', 'look', 'hours', 'routing', 'identity', 'install'].map(tab),
    ...['basics', 'origins', 'notice', 'look', 'install'].map(step),
    {
      name: 'unsaved',
      shows: 'ready',
      sees: '.inbox-save',
      act: (page) => page.locator('.inbox-form input').first().fill('旗舰店客服'),
    },
    {
      name: 'conflict',
      shows: 'ready',
      answers: { 'PATCH /chat/inboxes/*': overtaken('chat.inbox-changed', { version: 9, changed: 'name,greeting' }) },
      act: async (page) => {
        await page.locator('.inbox-form input').first().fill('旗舰店客服');
        await page.locator('.inbox-save .ant-btn-primary').click();
      },
      sees: '[data-bar=conflict]',
    },
    forbidden('agent'),
  ],
};

const ORGANISATION: readonly Screen[] = [
  {
    route: '/w/$slug/settings',
    screen: 'settings',
    ...owner,
    at: base,
    without: { loading: 'asks for nothing', error: 'asks for nothing', empty: ALWAYS, 'no-permission': EVERYBODYS },
    states: [{ ...READY, only: 'narrow' }],
  },
  {
    route: '/w/$slug/settings/members',
    screen: 'members',
    ...owner,
    at: `${base}/members`,
    without: { empty: 'who looks is a member' },
    states: [
      ...waits('GET /account/members'),
      fails('GET /account/members'),
      { name: 'slow', shows: 'loading', answers: { 'GET /account/members': never }, sees: '.slow-line button' },
      {
        name: 'stopped',
        shows: 'loading',
        answers: { 'GET /account/members': never },
        act: press('.slow-line button'),
        sees: '.slow-line button',
      },
      dialog('invite', ['.page-head .ant-btn-primary']),
      dialog('member', ['[data-member=active] .member-acts button, .member-cards [data-member=active] button']),
      forbidden('agent'),
    ],
  },
  {
    route: '/w/$slug/settings/roles',
    screen: 'roles',
    ...owner,
    at: `${base}/roles`,
    without: { empty: ALWAYS },
    states: [...waits('GET /account/roles'), forbidden('agent')],
  },
  {
    route: '/w/$slug/settings/teams',
    screen: 'teams',
    ...owner,
    at: `${base}/teams`,
    without: {},
    states: [
      ...waits('GET /account/teams'),
      empty('GET /account/teams'),
      dialog('team', ['.team-card button']),
      dialog('new', ['.page-head .ant-btn-primary']),
      { name: 'supervised', shows: 'ready', role: 'supervisor' },
      forbidden('agent'),
    ],
  },
  {
    route: '/w/$slug/settings/labels',
    screen: 'labels',
    ...owner,
    at: `${base}/labels`,
    without: {},
    states: [
      ...waits('GET /chat/labels'),
      empty('GET /chat/labels'),
      dialog('new', ['.page-head .ant-btn-primary']),
      dialog('delete', ['.label-row .button-row button:last-child']),
      forbidden('agent'),
    ],
  },
  {
    route: '/w/$slug/settings/business-hours',
    screen: 'business-hours',
    ...owner,
    at: `${base}/business-hours`,
    without: {},
    states: [
      ...waits('GET /chat/hours'),
      empty('GET /chat/hours'),
      { name: 'form', screen: 'business-hours-form', shows: 'ready', at: `${base}/business-hours/${idOf(90)}` },
      { name: 'new', screen: 'business-hours-form', shows: 'ready', at: `${base}/business-hours/new` },
      {
        ...{ name: 'conflict', screen: 'business-hours-form', shows: 'ready', sees: '[data-bar=conflict]' },
        at: `${base}/business-hours/${idOf(90)}`,
        answers: { 'PUT /chat/hours/*': overtaken('chat.hours-changed', { changedBy: 'former-member' }) },
        act: overtakenBy<HoursList>(
          '/chat/hours',
          ({ items: [first, ...rest] }) => ({
            items: [{ ...first!, name: HARD.company, timeZone: 'Asia/Tokyo', days: [], version: 9 }, ...rest],
          }),
          press('.settings-form [type=submit]'),
        ),
      },
      forbidden('agent'),
    ],
  },
  {
    route: '/w/$slug/settings/workspace',
    screen: 'workspace',
    ...owner,
    at: `${base}/workspace`,
    without: { empty: ALWAYS },
    states: [...waits('GET /account/workspace'), forbidden('agent')],
  },
  {
    route: '/w/$slug/settings/security',
    screen: 'workspace-security',
    ...owner,
    at: `${base}/security`,
    without: { empty: ALWAYS },
    states: [...waits('GET /account/roles'), forbidden('agent')],
  },
  {
    route: '/w/$slug/settings/inboxes',
    screen: 'inboxes',
    ...owner,
    at: `${base}/inboxes`,
    without: {},
    states: [
      ...waits('GET /chat/inboxes'),
      empty('GET /chat/inboxes'),
      dialog('new', ['.page-head .ant-btn-primary']),
      forbidden('agent'),
    ],
  },
  {
    route: '/w/$slug/welcome',
    screen: 'welcome',
    ...owner,
    at: '/w/demo/welcome',
    without: { empty: ALWAYS },
    states: [
      ...waits('GET /chat/first-run'),
      { name: 'begin', shows: 'ready', answers: { 'GET /chat/first-run': body(firstRuns.none) } },
      { name: 'done', shows: 'ready', answers: { 'GET /chat/first-run': body(firstRuns.done) } },
      forbidden('agent'),
    ],
  },
];

const OWN: readonly Screen[] = [
  {
    route: '/w/$slug/reports/live',
    screen: 'live-board',
    role: 'supervisor',
    at: '/w/demo/reports/live',
    without: { empty: 'it counts: nobody waiting is a count' },
    states: [
      ...waits('GET /chat/reports/live'),
      { name: 'wall', shows: 'ready', at: '/w/demo/reports/live?wall=true', sees: '.wall' },
      forbidden('agent'),
    ],
  },
  {
    route: '/w/$slug/settings/canned-responses',
    screen: 'canned-responses',
    role: 'agent',
    at: `${base}/canned-responses`,
    without: {},
    states: [
      ...waits('GET /chat/canned-responses'),
      empty('GET /chat/canned-responses', { items: [], agentName: '小敏', workspaceName: '晴川商店' }),
      dialog('new', ['.page-head .ant-btn-primary']),
      forbidden('privacy-officer'),
    ],
  },
  {
    route: '/w/$slug/settings/me/profile',
    screen: 'profile',
    role: 'agent',
    at: `${base}/me/profile`,
    without: { empty: EVERYBODYS, 'no-permission': EVERYBODYS },
    states: [...waits('GET /account/me/profile')],
  },
  {
    route: '/w/$slug/settings/me/security',
    screen: 'my-security',
    role: 'agent',
    at: `${base}/me/security`,
    without: { empty: EVERYBODYS, 'no-permission': EVERYBODYS },
    states: [
      READY,
      { name: 'loading', shows: 'ready', answers: { 'GET /account/me/sign-ins': () => 'never' } },
      {
        name: 'error',
        shows: 'ready',
        answers: { 'GET /account/me/sign-ins': refused(429, 'http.too-many-requests') },
        sees: '[role=alert]',
      },
    ],
  },
  {
    route: '/w/$slug/settings/me/preferences',
    screen: 'preferences',
    role: 'agent',
    at: `${base}/me/preferences`,
    without: { empty: EVERYBODYS, 'no-permission': EVERYBODYS },
    states: [
      ...waits('GET /account/me/preferences'),
      {
        name: 'conflict',
        shows: 'ready',
        answers: {
          'GET /account/me/preferences': body({ ...preferences, version: 9 }),
          'PATCH /account/me/preferences': overtaken('account.preferences-changed', {
            ...{ version: 9, fields: 'sounds', changedBy: 'you' },
          }),
        },
        act: press('[aria-labelledby=notifications] input[type=checkbox]'),
        sees: '[data-bar=conflict]',
      },
    ],
  },
];

export const SETTINGS_SCREENS: readonly Screen[] = [...ORGANISATION, INBOX, ...OWN];
