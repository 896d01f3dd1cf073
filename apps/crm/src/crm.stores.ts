import { declareStore, notPersonal } from '@libs/privacy-core';

declareStore({
  store: 'event',
  name: 'crm.contact-edited.v1',
  fields: { version: notPersonal('number of edits') },
});
