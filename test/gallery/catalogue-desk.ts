import { body } from './answers.js';
import { empty, forbidden, press, READY, type Screen, waits } from './catalogue.js';
import { idOf } from './world-people.js';

const REGISTER = 'GET /privacy/register';
const officer = { role: 'privacy-officer' } as const;
const NEVER_EMPTY = 'a workspace always has one';

export const DESK_SCREENS: readonly Screen[] = [
  {
    route: '/w/$slug/privacy/register',
    screen: 'processing-register',
    ...officer,
    at: '/w/demo/privacy/register',
    without: { empty: NEVER_EMPTY },
    states: [
      ...waits(REGISTER),
      { name: 'compare', shows: 'ready', at: '/w/demo/privacy/register?compare=11' },
      {
        name: 'form',
        screen: 'processing-register-form',
        shows: 'ready',
        at: '/w/demo/privacy/register?edit=customer-relations',
      },
      forbidden('agent'),
    ],
  },
  {
    route: '/w/$slug/privacy/fields',
    screen: 'fields-and-masks',
    ...officer,
    at: '/w/demo/privacy/fields',
    without: { empty: NEVER_EMPTY },
    states: [
      ...waits(REGISTER),
      {
        name: 'changed',
        shows: 'ready',
        act: async (page) => {
          const select = page.locator('main select').nth(1);
          const other = await select.locator('option:not(:checked)').first().getAttribute('value');
          await select.selectOption(other);
        },
        sees: '.fields-save',
        only: 'wide',
      },
      forbidden('agent'),
    ],
  },
  {
    route: '/w/$slug/privacy/consents',
    screen: 'consents',
    ...officer,
    at: '/w/demo/privacy/consents',
    without: {},
    states: [
      ...waits('GET /privacy/consents'),
      empty('GET /privacy/consents'),
      { ...empty('GET /privacy/consents'), name: 'filtered-empty', at: '/w/demo/privacy/consents?decision=refuse' },
      { name: 'one-person', shows: 'ready', at: `/w/demo/privacy/consents?subject=${idOf(400)}` },
      forbidden('agent'),
    ],
  },
  {
    route: '/w/$slug/privacy/approvals',
    screen: 'approvals',
    ...officer,
    at: '/w/demo/privacy/approvals',
    without: {},
    states: [...waits('GET /privacy/approvals'), empty('GET /privacy/approvals'), forbidden('agent')],
  },
  {
    route: '/w/$slug/privacy/approvals/$approvalId/values',
    screen: 'bulk-values',
    ...officer,
    at: `/w/demo/privacy/approvals/${idOf(703)}/values`,
    without: { error: 'says the same as where there is nothing to show', empty: 'an approval names somebody' },
    states: [
      READY,
      { name: 'loading', answers: { 'GET /privacy/approvals': () => 'never' } },
      { name: 'shown', shows: 'ready', act: press('main .ant-btn-primary'), sees: 'main table' },
      { name: 'gone', shows: 'ready', answers: { 'GET /privacy/approvals': body({ items: [] }) } },
      forbidden('agent'),
    ],
  },
  {
    route: '/w/$slug/privacy/reads/$subjectId',
    screen: 'reads',
    ...officer,
    at: `/w/demo/privacy/reads/${idOf(400)}`,
    without: {},
    states: [...waits('GET /privacy/reads'), empty('GET /privacy/reads'), forbidden('agent')],
  },
];
