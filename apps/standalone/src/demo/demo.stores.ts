import { declareStore, notPersonal } from '@libs/privacy-core';

declareStore({
  store: 'log-stream',
  name: 'demo announcement',
  fields: { text: notPersonal('addresses and the passwords of made-up people, printed once') },
});
declareStore({
  store: 'log-stream',
  name: 'answer of a command',
  fields: { text: notPersonal('numbers of tenants, and new passwords of made-up people, printed once') },
});
declareStore({
  store: 'folder',
  name: 'bench.json',
  fields: {
    inboxKey: notPersonal('public key of an inbox'),
    origin: notPersonal('address of a made-up site'),
    agents: notPersonal('sign-ins of made-up agents of a measurement'),
    others: notPersonal('the same of further tenants of a measurement'),
  },
});
