import { ApiError } from '@libs/api-client';
import type { OvertakenDetails } from '@libs/contracts';
import { exactTime, safeText } from '../words/format.js';
import type { Locale, Words } from '../words/vocabulary.js';

/** Codes of the server for a version that somebody else has overtaken. */
const OVERTAKEN = /\.([a-z]+-changed|edit-conflict)$/;

/** True where what was saved was edited by somebody else meanwhile. */
export function isOvertaken(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 409 && OVERTAKEN.test(error.code);
}

/** Who was quicker, and when, as far as the server says. */
export function overtakenText(error: unknown, words: Words & { readonly locale: Locale }, now: number): string {
  const { changedBy, changedByName, changedAt }: OvertakenDetails = isOvertaken(error) ? error.details : {};
  if (changedBy === undefined || typeof changedAt !== 'number') return words.overtaken;
  const time = exactTime(changedAt, now, words.locale);
  if (changedBy === 'you') return words.overtakenByYou(time);
  if (changedBy === 'member' && changedByName) return words.overtakenBy(safeText(changedByName), time);
  return changedBy === 'former-member' ? words.overtakenByFormer(time) : words.overtaken;
}
