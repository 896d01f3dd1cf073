import { declareStore, notPersonal } from '@libs/privacy-core';

declareStore({
  store: 'queue',
  name: 'custodia:wake:{schema}',
  fields: {
    by: notPersonal('random id of the process that tells'),
    wakes: notPersonal('kind, ids of tenant, conversation and member, numbers, typing or not; never kept by Redis'),
  },
});
