/** Kinds of journal rows that are entries of a stream: those that carry its number. */
export const STREAM_KINDS = [
  'chat.message-received.v1',
  'chat.message-sent.v1',
  'chat.note-added.v1',
  'chat.conversation-taken.v1',
  'chat.conversation-assigned.v1',
  'chat.conversation-taken-over.v1',
  'chat.conversation-released.v1',
  'chat.conversation-resolved.v1',
  'chat.conversation-reopened.v1',
  'chat.conversation-snoozed.v1',
  'chat.conversation-woken.v1',
] as const;
