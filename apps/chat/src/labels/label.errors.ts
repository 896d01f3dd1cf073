import { MOST_LABELS, MOST_LABELS_ON_ONE } from '@libs/contracts';
import { UserError } from '@libs/kernel';

/** Refusals about labels; closed list. */
export const labelErrors = {
  notFound: () => new UserError('chat.label-not-found', 'There is no such label', { status: 404 }),
  /** However it is written: in capitals, in full width. */
  exists: () => new UserError('chat.label-exists', 'There is a label of this name', { status: 409 }),
  archived: () => new UserError('chat.label-archived', 'This label is put on no further conversation', { status: 409 }),
  tooMany: () =>
    new UserError('chat.too-many-labels', `A workspace has at most ${MOST_LABELS} labels`, { status: 409 }),
  tooManyOnOne: () =>
    new UserError('chat.too-many-labels-here', `A conversation has at most ${MOST_LABELS_ON_ONE} labels`, {
      status: 409,
    }),
} as const;
