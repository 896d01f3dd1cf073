import { declareStore, notPersonal } from '@libs/privacy-core';

declareStore({
  store: 'event',
  name: 'audit.log-month-purged.v1',
  fields: { rows: notPersonal('how many rows fell') },
});
