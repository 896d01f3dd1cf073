import { type LastChange, OperationalError, OvertakenError, UserError } from '@libs/kernel';

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
  return new UserError('account.email-invalid', 'This is no e-mail address.', {
    status: 422,
    details: { field: 'email' },
  });
}

/** What was typed cannot be a mobile number. */
export function mobileInvalid(): UserError {
  return new UserError('account.mobile-invalid', 'This is no mobile number.', {
    status: 422,
    details: { field: 'mobile' },
  });
}

/** A name that cannot be shown as it is: empty, too long, or with marks that hide or turn text. */
export function nameInvalid(
  code: 'account.name-invalid' | 'account.owner-name-invalid' | 'account.workspace-name-invalid',
  field: string,
  rule: string,
): UserError {
  return new UserError(code, 'Please choose another name.', { status: 422, details: { field, rule } });
}

/** One of the things that must be agreed to was not. */
export function agreementMissing(field: string): UserError {
  return new UserError('account.agreement-missing', 'This must be agreed to before there is an account.', {
    status: 422,
    details: { field: `agreements.${field}` },
  });
}

/** The texts have changed since the page was opened. */
export function agreementSuperseded(): UserError {
  return new UserError('account.agreement-superseded', 'The texts have changed. Please read them again.', {
    status: 409,
    details: { field: 'agreements.shown' },
  });
}

/** Nobody opens a workspace here by themselves. */
export function signUpClosed(): UserError {
  return new UserError('account.sign-up-closed', 'Workspaces are not opened here. Ask for an invitation.', {
    status: 403,
  });
}

/** Too many workspaces were asked for from here, or altogether. */
export function signUpLimited(retryAfterMs: number): UserError {
  return new UserError('account.sign-up-limited', 'Too many accounts were asked for. Please try again later.', {
    status: 429,
    details: { retryAfterMs },
  });
}

/** Two browsers edited one profile; `fields` are those that the other one changed. */
export function profileChanged(last: LastChange, version: number, fields: readonly string[]): OvertakenError {
  const details = { version, fields: fields.join(',') };
  return new OvertakenError(
    'account.profile-changed',
    'The profile was changed meanwhile. Please look and choose.',
    last,
    details,
  );
}

/** Another login has this e-mail. */
export function emailTaken(): UserError {
  return new UserError('account.email-taken', 'There is an account with this e-mail.', {
    status: 409,
    details: { field: 'email' },
  });
}

/** No link that makes an address a login's (any more): too old, used, or the login has changed since. */
export function emailLinkInvalid(): UserError {
  return new UserError('account.email-link-invalid', 'This link is no longer valid. Please ask for a new one.', {
    status: 422,
  });
}

/** Too many new addresses or numbers for one login in a day. */
export function changeLimited(retryAfterMs: number): UserError {
  return new UserError('account.change-limit', 'Too many changes today. Please try again later.', {
    status: 429,
    details: { retryAfterMs },
  });
}

/** Letters cannot be sent here. */
export function mailMissing(): UserError {
  return new UserError('account.mail-not-available', 'Letters cannot be sent here.', { status: 409 });
}

/** Too many letters to one's own address. */
export function letterLimited(retryAfterMs: number): UserError {
  return new UserError('account.letter-limit', 'Too many letters were asked for. Please try again later.', {
    status: 429,
    details: { retryAfterMs },
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

/** The right code, for another time. */
export function codeOfWrongClock(): UserError {
  return new UserError(
    'account.code-clock',
    'The code belongs to another time: the clock of the phone is wrong. Set it to automatic and take the next code.',
    { status: 401 },
  );
}

/** A code counts once. */
export function codeUsed(): UserError {
  return new UserError('account.code-used', 'This code was used already. Wait for the next one.', { status: 401 });
}

/** There is one; it must be taken away before another one is set up. */
export function secondFactorExists(): UserError {
  return new UserError('account.second-factor-exists', 'A second factor is set up already.', { status: 409 });
}

/** Nothing was offered, or nothing is set up. */
export function secondFactorMissing(): UserError {
  return new UserError('account.second-factor-missing', 'There is no second factor.', { status: 409 });
}

/** Whoever sits at the keyboard did not prove to be the login's owner (F-0112). */
export function proofFailed(): UserError {
  return new UserError('account.proof-failed', 'The password or code is wrong.', { status: 403 });
}

/** Exactly one of password and code is wanted. */
export function proofRequired(): UserError {
  return new UserError('account.proof-required', 'Please show your password or a code.', { status: 422 });
}

/** Somebody else has to do it: one's own, or nobody is there who could undo a mistake. */
export function secondAdminRequired(): UserError {
  return new UserError('account.second-admin-required', 'This needs a second administrator.', { status: 409 });
}

/** The login opens other workspaces as well, so this one must not decide about it. */
export function loginElsewhere(): UserError {
  return new UserError('account.login-elsewhere', 'This account belongs to other workspaces as well.', { status: 409 });
}
