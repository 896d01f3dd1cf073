import { UserError } from '@libs/kernel';

/** Refusals of the stream; closed list. */
export const streamErrors = {
  notFound: () => new UserError('chat.conversation-not-found', 'There is no such conversation', { status: 404 }),
  /** A place that this conversation has not reached: the cursor is another one's, or of data that are gone. */
  cursorForeign: () => new UserError('chat.cursor-invalid', 'This is no cursor of the conversation', { status: 422 }),
  senderGap: (expected: number) =>
    new UserError('chat.sender-gap', 'A number of this sender is missing', { status: 409, details: { expected } }),
  senderReused: () => new UserError('chat.sender-reused', 'This number was used for another message', { status: 409 }),
  tooManySenders: () =>
    new UserError('chat.too-many-senders', 'Too many open pages write into this conversation', { status: 429 }),
  /** Says who has it; nobody = an empty id. */
  alreadyTaken: (assigneeId: string | null) =>
    new UserError('chat.already-taken', 'Somebody else has this conversation', {
      status: 409,
      details: { assigneeId: assigneeId ?? '' },
    }),
  takeOverFirst: () =>
    new UserError('chat.take-over-first', 'A colleague has this conversation: take it over to reply', { status: 403 }),
  colleagueReplied: (memberId: string, seq: number) =>
    new UserError('chat.colleague-replied', 'A colleague has replied since this was begun', {
      status: 409,
      details: { memberId, seq },
    }),
  notOpen: () => new UserError('chat.not-open', 'The conversation is already resolved', { status: 409 }),
  notSnoozed: () => new UserError('chat.not-snoozed', 'The conversation is not snoozed', { status: 409 }),
  notResolved: () => new UserError('chat.not-resolved', 'The conversation is not resolved', { status: 409 }),
} as const;

/** Not a failure: the send was stored earlier. The service answers with the stored result. */
export class AlreadySent extends UserError {
  constructor() {
    super('chat.already-sent', 'This send was stored before', { status: 200 });
  }
}
