import { type LastChange, OvertakenError, UserError } from '@libs/kernel';

/** Refusals about business hours; closed list. */
export const hoursErrors = {
  notFound: () => new UserError('chat.hours-not-found', 'There are no such hours', { status: 404 }),
  changed: (last: LastChange, version: number) =>
    new OvertakenError('chat.hours-changed', 'Somebody else changed these hours meanwhile', last, { version }),
  nameTaken: () => new UserError('chat.hours-name-taken', 'Other hours have this name', { status: 409 }),
  tooMany: () => new UserError('chat.too-many-hours', 'A workspace has at most 20 of them', { status: 409 }),
  /** `inboxes`: how many go by them. */
  inUse: (inboxes: number) =>
    new UserError('chat.hours-in-use', 'Inboxes go by these hours', { status: 409, details: { inboxes } }),
} as const;
