import { UserError } from '@libs/kernel';

/** No such link (any more): used, too old, replaced by a newer one, or never made. */
export function resetInvalid(): UserError {
  return new UserError('account.reset-invalid', 'This link is no longer valid. Please ask for a new one.', {
    status: 422,
  });
}

/** The person works in another workspace too: an admin of this one may not open the other one's door. */
export function resetElsewhere(): UserError {
  return new UserError('account.reset-elsewhere', 'This person also works in another workspace.', { status: 409 });
}

/** Only an owner makes a link for an owner. */
export function resetOwner(): UserError {
  return new UserError('account.reset-owner', 'Only an owner can reset the password of an owner.', { status: 403 });
}

/** One's own password is changed with the present one. */
export function resetOwn(): UserError {
  return new UserError('account.reset-own', 'Change your own password on your own page.', { status: 409 });
}
