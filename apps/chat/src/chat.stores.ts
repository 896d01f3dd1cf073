import { declareStore, notPersonal } from '@libs/privacy-core';

const revision = notPersonal('place in the whole stream');
const seq = notPersonal('place in the visible stream');

/** What the machine adds, so that its choice can be explained (P-1501). */
const ROUTED = {
  rule: notPersonal('by which rule the machine chose; absent where a member did'),
  candidates: notPersonal('how many were online and had room'),
  load: notPersonal('open conversations of who got it, before'),
  capacity: notPersonal('how many they may have'),
  teamId: notPersonal('id of the team to which a member handed it'),
};

/** What the detail of each event may hold besides the columns of the journal. */
declareStore({ store: 'event', name: 'chat.inbox-created.v1', fields: {} });
for (const act of ['inbox-changed', 'inbox-attested', 'inbox-switched-on', 'inbox-switched-off', 'inbox-ended']) {
  declareStore({ store: 'event', name: `chat.${act}.v1`, fields: { version: notPersonal('number of the change') } });
}
for (const act of ['notice-published', 'inbox-secret-made', 'inbox-secret-revoked']) {
  declareStore({ store: 'event', name: `chat.${act}.v1`, fields: { version: notPersonal('number of the change') } });
}
declareStore({
  store: 'event',
  name: 'chat.conversation-opened.v1',
  fields: { inboxId: notPersonal('id of the inbox') },
});
declareStore({ store: 'event', name: 'chat.conversation-taken.v1', fields: { revision } });
for (const name of ['chat.conversation-assigned.v1', 'chat.conversation-released.v1']) {
  const assigneeId = notPersonal('pseudonym of the member who has it now, or null');
  declareStore({ store: 'event', name, fields: { revision, assigneeId, ...ROUTED } });
}
declareStore({ store: 'event', name: 'chat.conversation-resolved.v1', fields: { revision } });
declareStore({ store: 'event', name: 'chat.conversation-reopened.v1', fields: { revision } });
declareStore({
  store: 'event',
  name: 'chat.conversation-snoozed.v1',
  fields: { revision, until: notPersonal('when it comes back') },
});
declareStore({ store: 'event', name: 'chat.conversation-woken.v1', fields: { revision } });
declareStore({ store: 'event', name: 'chat.message-received.v1', fields: { seq, revision } });
declareStore({ store: 'event', name: 'chat.message-sent.v1', fields: { seq, revision } });
for (const act of ['created', 'changed', 'deleted']) {
  const fields = { version: notPersonal('number of the change') };
  declareStore({ store: 'event', name: `chat.canned-${act}.v1`, fields });
}
for (const name of ['chat.conversation-labelled.v1', 'chat.conversation-unlabelled.v1']) {
  declareStore({ store: 'event', name, fields: { labelId: notPersonal('id of a label') } });
}
for (const act of ['label-created', 'label-changed', 'label-deleted', 'view-kept', 'view-deleted']) {
  declareStore({ store: 'event', name: `chat.${act}.v1`, fields: {} });
}
declareStore({ store: 'event', name: 'chat.draft-kept.v1', fields: { version: notPersonal('number of the change') } });
declareStore({
  store: 'event',
  name: 'chat.member-mentioned.v1',
  fields: { revision, memberId: notPersonal('pseudonym of the member whom the note names') },
});
declareStore({ store: 'event', name: 'chat.note-added.v1', fields: { seq, revision } });
declareStore({
  store: 'event',
  name: 'chat.visitor-identified.v1',
  fields: { inboxId: notPersonal('id of the inbox') },
});
declareStore({ store: 'event', name: 'privacy.subject-created.v1', fields: {} });
declareStore({
  store: 'event',
  name: 'chat.member-line-lost.v1',
  fields: { rule: notPersonal('closed list'), afterMs: notPersonal('how long no line was seen') },
});
for (const act of ['routing-defaults-changed', 'routing-changed']) {
  declareStore({ store: 'event', name: `chat.${act}.v1`, fields: { version: notPersonal('number of the change') } });
}
declareStore({ store: 'event', name: 'chat.capacity-changed.v1', fields: {} });
