import { declareStore, notPersonal } from '@libs/privacy-core';

/** The key store is a database of its own, with its own credentials; embedded, both lie in one folder. */
declareStore({
  store: 'folder',
  name: 'keys/',
  fields: {
    'root.key': notPersonal('keys of tenants (KEK); embedded only, in no backup of the data'),
    keystore_kek_state: notPersonal('version and phase of a tenant’s KEK'),
    keystore_subject_key: notPersonal(
      'pseudonym, state and wrapped key of a person; the tombstone keeps the pseudonym',
    ),
    keystore_group_key: notPersonal('pseudonym and wrapped keys of the groups of a person'),
    keystore_tenant_key: notPersonal('name and wrapped keys of a tenant: indexes, logs, objects'),
    copies: notPersonal('wrapped keys of at most 30 days, made by every rotation'),
  },
});
