import { UserError } from '@libs/kernel';

const unfit = (reason: string, message: string, details: Readonly<Record<string, number>> = {}): UserError =>
  new UserError(`chat.schedule-${reason}`, message, { status: 422, details });

/** Most replies that wait in one conversation. */
export const MOST_SCHEDULED = 20;

/** Refusals of replies that go out later; closed list. */
export const scheduledErrors = {
  timeMissing: () => unfit('time-missing', 'Say either at what time or after how long it is sent'),
  tooSoon: (earliest: number) => unfit('too-soon', 'A reply is sent a minute from now at least', { earliest }),
  tooLate: (latest: number) => unfit('too-late', 'A reply is sent 90 days from now at most', { latest }),
  tooMany: () =>
    new UserError('chat.too-many-scheduled', 'As many replies wait here as can', {
      status: 409,
      details: { most: MOST_SCHEDULED },
    }),
  notFound: () => new UserError('chat.scheduled-reply-not-found', 'There is no such scheduled reply', { status: 404 }),
  changed: (version: number) =>
    new UserError('chat.scheduled-reply-changed', 'This scheduled reply was changed elsewhere', {
      status: 409,
      details: { version },
    }),
  notYours: () =>
    new UserError('chat.scheduled-reply-not-yours', 'Only its author, or who reaches all conversations, does this', {
      status: 403,
    }),
  customerWrote: () =>
    new UserError('chat.customer-wrote', 'The customer has written since this was scheduled', { status: 409 }),
} as const;
