import { declareStore, notPersonal } from '@libs/privacy-core';

const people = notPersonal('how many people');

declareStore({
  store: 'event',
  name: 'privacy.sensitive-read.v1',
  fields: { people, masked: notPersonal('how many values were masked') },
});
declareStore({
  store: 'event',
  name: 'privacy.used-without-consent.v1',
  fields: {
    people,
    masked: notPersonal('how many values were masked'),
    basis: notPersonal('code of the ground, closed list'),
    note: notPersonal('what the register of the workspace says about this ground'),
  },
});
declareStore({
  store: 'event',
  name: 'privacy.value-revealed.v1',
  fields: { people, masked: notPersonal('how many values were masked') },
});
declareStore({
  store: 'event',
  name: 'privacy.reveal-alarm.v1',
  fields: { line: notPersonal('number of values of the line'), shown: notPersonal('how many values in 24 hours') },
});
declareStore({
  store: 'event',
  name: 'privacy.records-purged.v1',
  fields: { rows: notPersonal('how many records') },
});
for (const act of ['requested', 'approved', 'refused', 'cancelled', 'used']) {
  declareStore({ store: 'event', name: `privacy.approval-${act}.v1`, fields: { people } });
}
