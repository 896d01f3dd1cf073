import { declareStore, notPersonal } from '@libs/privacy-core';

for (const act of ['created', 'changed', 'made-default', 'removed']) {
  declareStore({
    store: 'event',
    name: `chat.hours-${act}.v1`,
    fields: { version: notPersonal('number of the change') },
  });
}
