import { ApiError } from '@libs/api-client';

/** Codes of the server for a version that somebody else has overtaken. */
const OVERTAKEN = /\.([a-z]+-changed|edit-conflict)$/;

/** True where what was saved was edited by somebody else meanwhile. */
export function isOvertaken(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 409 && OVERTAKEN.test(error.code);
}
