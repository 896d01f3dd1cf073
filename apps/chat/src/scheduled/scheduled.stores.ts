import { declareStore, notPersonal } from '@libs/privacy-core';

const replyId = notPersonal('id of the scheduled reply');
const dueAt = notPersonal('when it goes out');

for (const act of ['reply-scheduled', 'reply-rescheduled']) {
  declareStore({ store: 'event', name: `chat.${act}.v1`, fields: { replyId, dueAt } });
}
/** Cancelled; sent, beside the entry of the message. */
for (const act of ['reply-unscheduled', 'reply-released']) {
  declareStore({ store: 'event', name: `chat.${act}.v1`, fields: { replyId } });
}
declareStore({
  store: 'event',
  name: 'chat.reply-held.v1',
  fields: { replyId, refusal: notPersonal('closed list: why it was not sent') },
});
