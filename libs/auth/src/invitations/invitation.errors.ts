import { UserError } from '@libs/kernel';

/** Refusals around invitations. */
export const invitationErrors = {
  /** Unknown, revoked and declined are one: a token tells nothing else to whoever tries. */
  notFound: (): UserError =>
    new UserError('account.invitation-not-found', 'There is no such invitation.', { status: 404 }),
  expired: (): UserError =>
    new UserError('account.invitation-expired', 'This invitation has expired. Ask for a new one.', { status: 410 }),
  used: (): UserError =>
    new UserError('account.invitation-used', 'This invitation has been used already.', { status: 409 }),
  open: (): UserError =>
    new UserError('account.invitation-open', 'This address has been invited already. Send it again instead.', {
      status: 409,
    }),
  alreadyMember: (): UserError =>
    new UserError('account.already-member', 'This person is a member of the workspace already.', { status: 409 }),
  tooMany: (retryAfterMs: number): UserError =>
    new UserError('account.invitations-limit', 'Too many invitations. Please try again later.', {
      status: 429,
      details: { retryAfterMs },
    }),
} as const;
