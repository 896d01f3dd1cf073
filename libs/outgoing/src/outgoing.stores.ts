import { declareStore, notPersonal } from '@libs/privacy-core';

declareStore({
  store: 'event',
  name: 'outgoing.disclosed.v1',
  fields: { recipient: notPersonal('the kind of carrier: sms or mail') },
});
