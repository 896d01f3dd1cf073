import type { SignInAnswer } from '@libs/contracts';
import type { Page } from 'playwright-core';
import { body, refused } from './answers.js';
import type { Screen, State } from './catalogue.js';
import { press, READY } from './catalogue.js';
import { meAs, NOW, workspaces } from './world-people.js';

const NOBODY = { role: 'nobody' } as const;
const DOOR = 'nobody has signed in, so there is no right to lack';
const STATIC = 'shows nothing of a list';
const DOORS = { empty: STATIC, 'no-permission': DOOR } as const;
const NO_QUESTION = { ...DOORS, loading: 'asks for nothing', error: 'its refusals stand in the form' } as const;

async function submitSignIn(page: Page): Promise<void> {
  await page.locator('#identifier').fill('agent@demo.example');
  await page.locator('#password').fill('wrong horse');
  await page.keyboard.press('Enter');
}

const answered = (answer: SignInAnswer) => ({ 'POST /account/sign-in': body(answer) });
const choices: SignInAnswer = { choices: workspaces.items, ticket: 'gallery' };
const verify: SignInAnswer = {
  verify: { ticket: 'gallery', methods: ['totp', 'recovery-code'], expiresAt: NOW + 300_000 },
};

const owed = (pending: 'member-notice' | 'second-factor' | 'password') => ({
  'GET /account/me': body({ ...meAs('owner'), pending: [pending] }),
});

const closedDoor = (name: string, answers: State['answers'], shows = name): State => ({
  name,
  shows,
  ...(answers ? { answers } : {}),
});

export const DOOR_SCREENS: readonly Screen[] = [
  {
    route: '/sign-in',
    screen: 'sign-in',
    ...NOBODY,
    at: '/sign-in',
    without: NO_QUESTION,
    states: [
      READY,
      { name: 'refused', shows: 'ready', act: submitSignIn, sees: '[role=alert]' },
      { name: 'by-code', shows: 'ready', act: press('.public-tabs button:last-child') },
      { name: 'already', role: 'agent' },
      {
        name: 'ended',
        shows: 'ready',
        role: 'agent',
        at: '/w/demo/conversations/mine',
        answers: { 'GET /chat/conversations': refused(401, 'http.sign-in-required') },
        sees: '.form-notice',
      },
    ],
  },
  {
    route: '/sign-in/verify',
    screen: 'second-step',
    ...NOBODY,
    at: '/sign-in',
    without: NO_QUESTION,
    states: [
      {
        name: 'choose-workspace',
        screen: 'choose-workspace',
        shows: 'ready',
        answers: answered(choices),
        act: submitSignIn,
      },
      { name: 'ready', shows: 'totp', answers: answered(verify), act: submitSignIn },
      {
        name: 'recovery-code',
        answers: answered(verify),
        act: async (page) => {
          await submitSignIn(page);
          await page.locator('.text-button').first().click();
        },
      },
    ],
  },
  {
    route: '/sign-up',
    screen: 'sign-up',
    ...NOBODY,
    at: '/sign-up',
    without: { ...DOORS, loading: 'the form of a moment: its texts wait inside it', error: 'stands inside the form' },
    states: [
      READY,
      { name: 'faults', shows: 'ready', act: press('button[type=submit]'), sees: '[aria-invalid=true]' },
      closedDoor('closed', { 'GET /account/options': body({ sms: false, mail: false, signUp: false }) }),
    ],
  },
  {
    route: '/reset-password',
    screen: 'reset',
    ...NOBODY,
    at: '/reset-password',
    without: { ...DOORS, loading: 'the same lines as at the invitation', error: 'its refusals stand in the form' },
    states: [
      READY,
      closedDoor('no-mail', { 'GET /account/options': body({ sms: true, mail: false, signUp: true }) }),
      {
        name: 'sent',
        act: async (page) => {
          await page.locator('#identifier').fill('agent@demo.example');
          await page.keyboard.press('Enter');
        },
      },
      { name: 'new-password', at: '/reset-password#token=gallery' },
    ],
  },
  {
    route: '/confirm-email',
    screen: 'confirm-email',
    ...NOBODY,
    at: '/confirm-email#token=gallery',
    without: { ...DOORS, loading: 'it asks for nothing before it is sent', error: 'its refusals stand in the form' },
    states: [
      READY,
      { name: 'incomplete', at: '/confirm-email' },
      {
        name: 'done',
        act: async (page) => {
          await page.locator('#current').fill('plum-Kettle-91-harbour');
          await page.keyboard.press('Enter');
        },
      },
    ],
  },
  {
    route: '/invitations',
    screen: 'invitation',
    ...NOBODY,
    at: '/invitations#token=gallery',
    without: DOORS,
    states: [
      READY,
      { name: 'loading', answers: { 'POST /account/invitations/look': () => 'never' } },
      { name: 'error', answers: { 'POST /account/invitations/look': refused(429, 'http.too-many-requests') } },
      { name: 'known', shows: 'ready', act: press('.public-tabs button:last-child') },
      { name: 'expired', answers: { 'POST /account/invitations/look': refused(410, 'account.invitation-expired') } },
      { name: 'used', answers: { 'POST /account/invitations/look': refused(410, 'account.invitation-used') } },
      { name: 'missing', at: '/invitations' },
    ],
  },
  {
    route: '/steps/notice',
    screen: 'member-notice',
    role: 'owner',
    at: '/steps/notice',
    without: { empty: STATIC, 'no-permission': 'everybody reads it once' },
    states: [
      { ...READY, answers: owed('member-notice') },
      { name: 'loading', answers: { ...owed('member-notice'), 'GET /account/me/notice': () => 'never' } },
      {
        name: 'error',
        answers: { ...owed('member-notice'), 'GET /account/me/notice': refused(429, 'http.too-many-requests') },
      },
    ],
  },
  {
    route: '/steps/second-factor',
    screen: 'factor-setup',
    role: 'owner',
    at: '/steps/second-factor',
    without: { ...NO_QUESTION, 'no-permission': 'only who owes it is brought here' },
    states: [{ ...READY, answers: owed('second-factor') }],
  },
  {
    route: '/steps/password',
    screen: 'password-step',
    role: 'owner',
    at: '/steps/password',
    without: { ...NO_QUESTION, 'no-permission': 'only who owes it is brought here' },
    states: [{ ...READY, answers: owed('password') }],
  },
];
