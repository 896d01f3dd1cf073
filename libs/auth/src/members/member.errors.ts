import { type LastChange, OvertakenError, UserError } from '@libs/kernel';

/** Refusals of changes to members. The same answer for a member of another workspace and one that exists nowhere. */
export const memberErrors = {
  notFound: (): UserError => new UserError('account.member-not-found', 'There is no such member.', { status: 404 }),
  editConflict: (last: LastChange): OvertakenError =>
    new OvertakenError('account.edit-conflict', 'Somebody else changed this meanwhile. Please look again.', last),
  lastOwner: (): UserError =>
    new UserError('account.last-owner', 'A workspace needs an owner. Make another member owner first.', {
      status: 409,
    }),
  notAllowed: (): UserError =>
    new UserError('account.not-allowed', 'Your role does not manage members any more.', { status: 403 }),
  ownerOnly: (): UserError =>
    new UserError('account.owner-only', 'Only an owner makes or changes an owner.', { status: 403 }),
  ownRole: (): UserError => new UserError('account.own-role', 'Nobody raises their own role.', { status: 403 }),
  handOverRefused: (): UserError =>
    new UserError('account.hand-over-refused', 'This member cannot take over conversations.', { status: 422 }),
} as const;
