import type { InboxGap } from '@libs/contracts';
import { type LastChange, OvertakenError, UserError } from '@libs/kernel';

/** Refusals about inboxes; closed list. */
export const inboxErrors = {
  notFound: () => new UserError('chat.inbox-not-found', 'There is no such inbox', { status: 404 }),
  ended: () => new UserError('chat.inbox-ended', 'This inbox was ended', { status: 409 }),
  /** `changed`: names of settings, of everything since the caller looked. */
  changed: (last: LastChange, details: { readonly changed: string; readonly version: number }) =>
    new OvertakenError('chat.inbox-changed', 'Somebody else changed this inbox meanwhile', last, details),
  incomplete: (gaps: readonly InboxGap[]) =>
    new UserError('chat.inbox-incomplete', 'Something is missing before this inbox can be in use', {
      status: 422,
      details: { missing: gaps.join(',') },
    }),
  nameDiffers: () =>
    new UserError('chat.inbox-name-differs', 'The name that was typed is another one', { status: 422 }),
  noticeUnchanged: () => new UserError('chat.notice-unchanged', 'The published notice says the same', { status: 409 }),
  noticeNotFound: () => new UserError('chat.notice-not-found', 'There is no such version', { status: 404 }),
  tooMany: () => new UserError('chat.too-many-inboxes', 'A workspace has at most 100 inboxes', { status: 409 }),
} as const;
