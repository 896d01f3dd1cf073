import { declareStore, notPersonal, personal } from '@libs/privacy-core';

/** What the widget leaves in a visitor's browser, after the first message only. */
declareStore({
  store: 'browser-storage',
  name: 'panel localStorage custodia:{inbox}',
  fields: {
    token: personal({
      kind: 'credential.token',
      tier: 'T2',
      purposes: ['support-conversation'],
      store: { as: 'plain', why: 'lies in the person’s own browser, in the partition of the site' },
      show: 'hidden',
      log: 'never',
      export: 'exclude-secret',
      erase: 'clear-value',
      retain: 'conversation',
      subject: 'the visitor',
    }),
    read: notPersonal('number of the last message seen'),
    version: notPersonal('version of the notice that was agreed to'),
    locale: notPersonal('language of the notice'),
    sound: notPersonal('whether the tone for new messages is on'),
  },
});
declareStore({
  store: 'browser-storage',
  name: 'host page localStorage custodia:{inbox}',
  fields: { flag: notPersonal('1: somebody wrote here before; no value and no id') },
});
declareStore({
  store: 'log-stream',
  name: 'console of the host page',
  fields: { error: notPersonal('why the widget could not start') },
});
