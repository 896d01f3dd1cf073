import { OperationalError, UserError } from '@libs/kernel';

/** One answer for an unknown login and a wrong password, so that nobody learns who has an account. */
export function credentialsInvalid(): UserError {
  return new UserError('account.credentials-invalid', 'E-mail or password is wrong.', { status: 401 });
}

/** Too many failures of this login from here, of this login at all, or of this address. */
export function signInLocked(retryAfterMs: number): UserError {
  return new UserError('account.locked', 'Too many failed attempts. Please try again later.', {
    status: 429,
    details: { retryAfterMs },
  });
}

/** The login is right but opens no such workspace; the same answer for one that does not exist. */
export function noWorkspace(): UserError {
  return new UserError('account.no-workspace', 'This account belongs to no such workspace.', { status: 403 });
}

/** A password that is too easy to guess. */
export function passwordWeak(rule: string): UserError {
  return new UserError('account.password-weak', 'Please choose a longer or less common password.', {
    status: 422,
    details: { rule },
  });
}

/** The same answer for a session of somebody else and one that does not exist. */
export function agentSessionNotFound(): UserError {
  return new UserError('account.session-not-found', 'There is no such session.', { status: 404 });
}

/** No login has this identifier. */
export function loginNotFound(): UserError {
  return new UserError('account.login-not-found', 'There is no such login.', { status: 404 });
}

/** What was typed cannot be an e-mail address. */
export function emailInvalid(): UserError {
  return new UserError('account.email-invalid', 'This is no e-mail address.', { status: 422, details: { field: 'email' } });
}

/** What was typed cannot be a mobile number. */
export function mobileInvalid(): UserError {
  return new UserError('account.mobile-invalid', 'This is no mobile number.', {
    status: 422,
    details: { field: 'mobile' },
  });
}

/** Another login has this e-mail. */
export function emailTaken(): UserError {
  return new UserError('account.email-taken', 'There is an account with this e-mail.', {
    status: 409,
    details: { field: 'email' },
  });
}

/** Another login has this mobile number. */
export function mobileTaken(): UserError {
  return new UserError('account.mobile-taken', 'There is an account with this mobile number.', {
    status: 409,
    details: { field: 'mobile' },
  });
}

/** More sign-ins wait than this process can check. */
export function signInBusy(): OperationalError {
  return new OperationalError('account.busy', 'Too many sign-ins at once. Please try again in a moment.');
}

/** A step of signing in came too late, or with a ticket that is none of ours: begin again. */
export function ticketInvalid(): UserError {
  return new UserError('account.ticket-invalid', 'Please sign in again from the beginning.', { status: 401 });
}

/** The second step was left out, or is none that this login can take. */
export function secondStepRequired(): UserError {
  return new UserError('account.second-step-required', 'Please show the second factor.', { status: 422 });
}

/** The owner reported that the password leaked; told only to who knows it. */
export function loginFrozen(): UserError {
  return new UserError('account.frozen', 'This account is frozen. Reset the password to open it again.', {
    status: 403,
  });
}
