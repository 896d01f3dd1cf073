import { declareStore, notPersonal } from '@libs/privacy-core';

declareStore({
  store: 'event',
  name: 'privacy.evidence-exported.v1',
  fields: { count: notPersonal('how many records') },
});
