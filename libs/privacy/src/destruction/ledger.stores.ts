import { declareStore, notPersonal } from '@libs/privacy-core';

const ENTRY = {
  'entry.tenantId': notPersonal('id of the tenant'),
  'entry.subjectId': notPersonal('pseudonym of an erased person: what must be erased again after a restore'),
  'entry.step': notPersonal('ordered or done'),
  'entry.at': notPersonal('time'),
};

/** Append-only and outside of every backup set. */
declareStore({ store: 'folder', name: 'ledger/', fields: { ...ENTRY, hash: notPersonal('chain over the lines') } });
declareStore({ store: 'bucket-prefix', name: 'destructions/', fields: ENTRY });
