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

/** More sign-ins wait than this process can check. */
export function signInBusy(): OperationalError {
  return new OperationalError('account.busy', 'Too many sign-ins at once. Please try again in a moment.');
}
