import { declareStore, notPersonal, personal } from '@libs/privacy-core';

declareStore({
  store: 'browser-storage',
  name: 'cookie __Host-custodia-session',
  fields: {
    value: personal({
      kind: 'credential.token',
      tier: 'T2',
      purposes: ['service-account', 'security'],
      store: { as: 'plain', why: 'lies in the member’s own browser, unreadable for scripts' },
      show: 'hidden',
      log: 'never',
      export: 'exclude-secret',
      erase: 'clear-value',
      retain: 'service-session',
      subject: 'the member',
    }),
  },
});
declareStore({
  store: 'browser-storage',
  name: 'console sessionStorage custodia.lists',
  fields: {
    choices: notPersonal(
      'ids of inboxes, labels and members, and closed words, that lists of this tab are narrowed to',
    ),
  },
});
declareStore({
  store: 'browser-storage',
  name: 'console localStorage custodia.device',
  fields: {
    theme: notPersonal('look of this device'),
    locale: notPersonal('language of this device'),
    foldedNav: notPersonal('a column is folded away on this device'),
    foldedPanel: notPersonal('a column is folded away on this device'),
    compact: notPersonal('rows of lists have less air on this device'),
  },
});
