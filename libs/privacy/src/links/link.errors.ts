import { UserError } from '@libs/kernel';

/** Refusals of taking a link apart; closed list. */
export const linkErrors = {
  notFound: () => new UserError('privacy.link-not-found', 'There is no such link', { status: 404 }),
  undone: () => new UserError('privacy.link-undone', 'The link was taken apart before', { status: 409 }),
} as const;
