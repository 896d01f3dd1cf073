import { declareStore, notPersonal } from '@libs/privacy-core';

declareStore({
  store: 'folder',
  name: 'backup of data',
  fields: {
    'manifest.json': notPersonal('hashes of the files, places of journal and ledger'),
    database: notPersonal('copy of the tables, each declared for itself; personal columns as ciphertext'),
    objects: notPersonal('copy of sealed objects, declared as bucket prefix'),
  },
});
declareStore({
  store: 'folder',
  name: 'backup of keys',
  fields: {
    'manifest.json': notPersonal('hashes of the files'),
    keystore: notPersonal('copy of the wrapped keys, declared as keys/; without the root key, refused after 30 days'),
  },
});
