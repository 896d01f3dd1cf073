import { MOST_VIEWS } from '@libs/contracts';
import { UserError } from '@libs/kernel';

/** Refusals about saved views; closed list. */
export const viewErrors = {
  /** The same for one of somebody else. */
  notFound: () => new UserError('chat.view-not-found', 'There is no such view', { status: 404 }),
  tooMany: () => new UserError('chat.too-many-views', `A member keeps at most ${MOST_VIEWS} views`, { status: 409 }),
} as const;
