import { AppError, type ErrorOptions } from '@libs/kernel';
import { HttpException } from '@nestjs/common';
import { type FieldFault, type FieldRefusal, FieldsRefusedError, InvalidInputError } from './invalid-input.js';

/** Media type of RFC 9457. */
export const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** An answer of RFC 9457 with a stable code. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly requestId: string;
  readonly details?: NonNullable<ErrorOptions['details']>;
  readonly errors?: readonly (FieldFault | FieldRefusal)[];
}

interface Known {
  readonly status: number;
  readonly code: string;
  readonly title: string;
}

const UNEXPECTED: Known = { status: 500, code: 'http.unexpected', title: 'Something went wrong on our side.' };

const BY_STATUS: ReadonlyMap<number, Known> = new Map(
  (
    [
      [400, 'http.bad-request', 'The request cannot be read.'],
      [401, 'http.sign-in-required', 'Please sign in.'],
      [403, 'http.forbidden', 'This is not allowed.'],
      [404, 'http.not-found', 'There is nothing here.'],
      [405, 'http.method-not-allowed', 'This method is not allowed here.'],
      [406, 'http.not-acceptable', 'No such representation exists.'],
      [408, 'http.timeout', 'The request took too long to arrive.'],
      [409, 'http.conflict', 'The state has changed meanwhile.'],
      [413, 'http.body-too-large', 'The body is too large.'],
      [414, 'http.url-too-long', 'The address is too long.'],
      [415, 'http.unsupported-media-type', 'Send the body as application/json.'],
      [422, 'http.invalid-input', 'Some fields are missing or wrong.'],
      [429, 'http.too-many-requests', 'Too many requests; try again later.'],
      [431, 'http.headers-too-large', 'The headers are too large.'],
      [503, 'http.unavailable', 'Not available for the moment; try again later.'],
    ] as const
  ).map(([status, code, title]) => [status, { status, code, title }]),
);

/** What a client is told about an error. Of a defect it learns nothing but that it happened and the request id. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof AppError && error.kind !== 'unexpected') {
    const { status, code, message, details } = error;
    return build({ status, code, title: message }, requestId, { ...(details ? { details } : {}), ...fieldsOf(error) });
  }
  return build(knownOf(error), requestId, {});
}

function fieldsOf(error: AppError): Pick<Problem, 'errors'> {
  if (error instanceof InvalidInputError) return { errors: error.faults };
  return error instanceof FieldsRefusedError ? { errors: error.refusals } : {};
}

function knownOf(error: unknown): Known {
  if (error instanceof AppError) return UNEXPECTED;
  const status = statusOf(error);
  if (status === undefined) return UNEXPECTED;
  return BY_STATUS.get(status) ?? (status < 500 ? { ...BY_STATUS.get(400)!, status } : { ...UNEXPECTED, status });
}

/** Errors of the framework say their status; anybody else's `statusCode` is not believed. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const isServerError = typeof code === 'string' && code.startsWith('FST_');
  return isServerError && typeof statusCode === 'number' ? statusCode : undefined;
}

function build(known: Known, requestId: string, extra: Pick<Problem, 'details' | 'errors'>): Problem {
  const { status, code, title } = known;
  return { type: `urn:custodia:problem:${code}`, title, status, code, requestId, ...extra };
}
