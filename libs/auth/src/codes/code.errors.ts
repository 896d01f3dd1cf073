import { UserError } from '@libs/kernel';

/** No provider of text messages is set here. */
export function codesMissing(): UserError {
  return new UserError('account.codes-not-available', 'Codes cannot be sent here.', { status: 409 });
}

/** The number got a code a moment ago. */
export function codeTooSoon(retryAfterMs: number): UserError {
  return new UserError('account.code-too-soon', 'A code was sent a moment ago. Please wait before asking again.', {
    status: 429,
    details: { retryAfterMs },
  });
}

/** Too many codes for this number, from this address, or altogether. */
export function codeLimit(retryAfterMs: number): UserError {
  return new UserError('account.code-limit', 'Too many codes were asked for. Please try again later.', {
    status: 429,
    details: { retryAfterMs },
  });
}

/** Not the code that was sent, or none of the app of now; the commonest cause of the latter is the phone's clock. */
export function codeWrong(status: 401 | 422 = 422): UserError {
  const text = 'The code is wrong. If it comes from an app, check the clock of the phone.';
  return new UserError('account.code-wrong', text, { status });
}

/** There is no such code (any more): used, too old, tried too often, or never asked for. */
export function codeExpired(status: 401 | 422 = 422): UserError {
  return new UserError('account.code-expired', 'The code is no longer valid. Please ask for a new one.', { status });
}

/** Nobody has shown yet that this login's number is theirs. */
export function mobileUnverified(): UserError {
  return new UserError('account.mobile-unverified', 'There is no verified mobile number.', { status: 409 });
}
