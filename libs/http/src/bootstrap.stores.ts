import { declareStore, notPersonal } from '@libs/privacy-core';

declareStore({
  store: 'log-stream',
  name: 'standard error',
  fields: { sentence: notPersonal('why a start failed: settings and folders, or code and places of an error') },
});
