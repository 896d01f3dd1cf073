import { ApiError } from '@libs/api-client';
import { clockTime } from './format.js';
import type { Locale, Words } from './vocabulary.js';

/** The sentence for an error, by its stable code; what is not known is never quoted. */
export function errorText(error: unknown, words: Words & { readonly locale: Locale }): string {
  if (!(error instanceof ApiError)) return words.failed('');
  switch (error.code) {
    case 'account.credentials-invalid':
      return words.credentialsInvalid;
    case 'account.session-revoked':
      return words.sessionEnded;
    case 'account.not-signed-in':
    case 'http.sign-in-required':
      return words.sessionOver;
    case 'account.locked':
      return words.tooManyTries;
    case 'chat.already-taken':
      return words.alreadyTakenUnknown;
    case 'client.offline':
      return words.offlineError;
    case 'privacy.reveal-limit':
      return revealLimit(error, words);
    default:
      return words.errors[error.code] ?? byStatus(error, words);
  }
}

function byStatus(error: ApiError, words: Words): string {
  if (error.status === 404) return words.notFound;
  if (error.status === 403) return words.notAllowed;
  if (error.status === 429) return words.tooOften(waitOf(error));
  return words.failed((error.requestId ?? '').replaceAll('-', '').slice(-6).toUpperCase());
}

/** Whole minutes until it may be tried again; undefined where the server does not say. */
function waitOf({ details }: ApiError): number | undefined {
  const { retryAfterMs } = details;
  return typeof retryAfterMs === 'number' ? Math.max(1, Math.ceil(retryAfterMs / 60_000)) : undefined;
}

function revealLimit({ details, code }: ApiError, words: Words & { readonly locale: Locale }): string {
  const { limit, retryAt } = details;
  if (typeof limit !== 'number' || typeof retryAt !== 'number') return words.errors[code]!;
  return words.revealLimit(limit, clockTime(retryAt, words.locale));
}
