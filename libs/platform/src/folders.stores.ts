import { declareStore, notPersonal } from '@libs/privacy-core';

declareStore({
  store: 'folder',
  name: 'data/',
  fields: {
    format: notPersonal('number of the format of the folder'),
    'in-use.lock': notPersonal('empty file that keeps a second process out'),
    restoring: notPersonal('empty file that keeps every start away until a restore has ended'),
    'custodia.db': notPersonal('the tables, each declared for itself'),
    objects: notPersonal('sealed objects, declared as bucket prefix'),
  },
});
