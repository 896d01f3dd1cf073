import { declareStore, notPersonal } from '@libs/privacy-core';

const revision = notPersonal('place in the whole stream');

declareStore({
  store: 'event',
  name: 'chat.live-view-began.v1',
  fields: { assigneeId: notPersonal('pseudonym of the member whose work is looked at') },
});
declareStore({
  store: 'event',
  name: 'chat.live-view-ended.v1',
  fields: { from: notPersonal('time'), to: notPersonal('time') },
});
declareStore({
  store: 'event',
  name: 'chat.conversation-taken-over.v1',
  fields: { revision, assigneeId: notPersonal('pseudonym of the member who had it') },
});
