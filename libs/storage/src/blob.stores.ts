import { declareStore, personal } from '@libs/privacy-core';

/** Objects of a tenant, in a folder or a bucket; both stores see sealed bytes only. */
declareStore({
  store: 'bucket-prefix',
  name: '{tenant}/',
  fields: {
    content: personal({
      kind: 'content.file',
      tier: 'T2',
      purposes: ['support-conversation'],
      store: { as: 'ciphertext', group: 'content' },
      show: 'full',
      log: 'never',
      export: 'include',
      erase: 'delete-row',
      retain: 'conversation',
      subject: 'subject of the row that names the object',
    }),
  },
});
