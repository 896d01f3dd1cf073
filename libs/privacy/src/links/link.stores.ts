import { declareStore, notPersonal } from '@libs/privacy-core';

declareStore({
  store: 'event',
  name: 'privacy.link-undone.v1',
  fields: {
    otherId: notPersonal('pseudonym of the other one'),
    reason: notPersonal('closed list'),
  },
});
