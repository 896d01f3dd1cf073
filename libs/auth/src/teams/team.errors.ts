import { UserError } from '@libs/kernel';

/** Refusals about teams. The same answer for a team of another workspace and one that exists nowhere. */
export const teamErrors = {
  notFound: (): UserError => new UserError('account.team-not-found', 'There is no such team.', { status: 404 }),
  nameTaken: (): UserError => new UserError('account.team-name-taken', 'Another team has this name.', { status: 409 }),
  nameInvalid: (rule: string): UserError =>
    new UserError('account.team-name-invalid', 'This name cannot be used.', { status: 422, details: { rule } }),
  memberUnable: (): UserError =>
    new UserError('account.member-unable', 'Only active members who answer conversations can be in a team.', {
      status: 422,
    }),
  tooMany: (): UserError =>
    new UserError('account.too-many-teams', 'The workspace has as many teams as it can have.', { status: 409 }),
  archived: (): UserError =>
    new UserError('account.team-archived', 'This team was set aside. Bring it back first.', { status: 409 }),
} as const;
