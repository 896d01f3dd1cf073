import { ApiError, toApiError } from './api-error.js';

/** The part of an answer that the client reads; `Response` fits, and so does a test's own. */
export interface HttpAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** What the client asks of `fetch`. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Blob;
  readonly credentials: 'same-origin';
  readonly signal?: AbortSignal;
}

/** `fetch`, narrowed to what is used, so that tests need no browser. */
export type HttpFetch = (url: string, request: HttpRequest) => Promise<HttpAnswer>;

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function answerTo(fetch: HttpFetch, url: string, request: HttpRequest): Promise<HttpAnswer> {
  try {
    return await fetch(url, request);
  } catch (cause) {
    // A cancelled call is the caller's own doing and must not look like a lost line.
    if (request.signal?.aborted) throw cause;
    throw new ApiError({ status: 0, code: 'client.offline', title: '' });
  }
}

/** One call: JSON out, JSON in, everything else an `ApiError`. `T` is the contract's word for this path. */
export async function call<T>(fetch: HttpFetch, url: string, request: HttpRequest): Promise<T> {
  const answer = await answerTo(fetch, url, request);
  const text = await answer.text().catch(() => '');
  const body = parsed(text);
  if (!answer.ok) throw toApiError(answer.status, body, answer.headers.get('x-request-id'));
  if (body === undefined && text !== '') {
    throw new ApiError({ status: answer.status, code: 'client.unreadable', title: '' });
  }
  return body as T;
}
