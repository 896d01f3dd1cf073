import { declareStore, notPersonal } from '@libs/privacy-core';

const decision = {
  scope: notPersonal('what was decided about'),
  version: notPersonal('version of the function'),
  recordId: notPersonal('id of the consent record'),
};

/** What the detail of each event may hold besides the columns of the journal. */
declareStore({ store: 'event', name: 'privacy.consent-granted.v1', fields: decision });
declareStore({ store: 'event', name: 'privacy.consent-refused.v1', fields: decision });
declareStore({ store: 'event', name: 'privacy.consent-withdrawn.v1', fields: decision });
declareStore({ store: 'event', name: 'privacy.consent-asked.v1', fields: { scope: decision.scope } });
declareStore({
  store: 'event',
  name: 'privacy.erasure-queued.v1',
  fields: { dueAt: notPersonal('when the grace ends') },
});
declareStore({ store: 'event', name: 'privacy.erasure-cancelled.v1', fields: {} });
declareStore({
  store: 'event',
  name: 'privacy.register-changed.v1',
  fields: { version: notPersonal('number of the version'), hash: notPersonal('hash of its content') },
});
