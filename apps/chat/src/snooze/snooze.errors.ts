import { UserError } from '@libs/kernel';

const refused = (reason: string, message: string, details: Readonly<Record<string, number>> = {}): UserError =>
  new UserError(`chat.snooze-${reason}`, message, { status: 422, details });

/** Why a conversation cannot be put off to a time; closed list. */
export const snoozeErrors = {
  timeMissing: () => refused('time-missing', 'Say either until when or for how long'),
  tooSoon: (earliest: number) => refused('too-soon', 'A conversation is put off for 5 minutes at least', { earliest }),
  tooLate: (latest: number) => refused('too-late', 'A conversation is put off for 90 days at most', { latest }),
} as const;
