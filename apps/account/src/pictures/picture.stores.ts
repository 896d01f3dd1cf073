import { declareStore, personal } from '@libs/privacy-core';

declareStore({
  store: 'browser-storage',
  name: 'browser cache of pictures of members',
  fields: {
    picture: personal({
      kind: 'identity.picture',
      tier: 'T2',
      purposes: ['service-account'],
      store: { as: 'plain', why: 'in the browser’s own cache, shown only after the server has allowed it again' },
      show: 'full',
      log: 'never',
      export: 'exclude-derived',
      erase: 'clear-value',
      retain: 'service-session',
      subject: 'the member',
    }),
  },
});
