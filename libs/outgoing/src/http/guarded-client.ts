import { type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { callFailed, destinationRefused } from '../outgoing.errors.js';
import type { Destinations } from './destination.js';

/** Limits of a call. */
export const CALL_LIMITS = { timeoutMs: 10_000, answerBytes: 1_048_576, redirects: 3 } as const;

/** A call to another service. */
export interface OutgoingCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** For the whole call, redirects included. */
  readonly timeoutMs?: number;
  readonly answerBytes?: number;
}

/** What came back; any status is an answer. */
export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** How the client reaches the world. */
export interface ClientParts {
  readonly destinations: Destinations;
  /** Certificate authority of a counterpart in tests. */
  readonly ca?: string;
}

/**
 * The one way out by HTTP (design 8). The address is checked after the name was resolved and is the one connected to;
 * each redirect is a new destination. Every connection is its own: one that is kept would skip the check.
 */
export class GuardedHttpClient {
  constructor(private readonly parts: ClientParts) {}

  /** Throws `outgoing.destination-refused` or `outgoing.call-failed`. */
  async call(call: OutgoingCall): Promise<OutgoingAnswer> {
    const late = AbortSignal.timeout(call.timeoutMs ?? CALL_LIMITS.timeoutMs);
    let url = checkedUrl(call.url);
    for (let redirects = 0; ; redirects++) {
      const answer = await this.once(call, url, late);
      const { location } = answer.headers;
      if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer;
      // Repeating a write elsewhere is not for us to decide.
      if (call.method !== 'GET') throw callFailed('redirected');
      if (redirects === CALL_LIMITS.redirects) throw callFailed('too-many-redirects');
      url = nextUrl(url, location, call);
    }
  }

  private async once(call: OutgoingCall, url: URL, late: AbortSignal): Promise<OutgoingAnswer> {
    const address = await beforeEnd(this.parts.destinations.addressOf(url.hostname, portOf(url)), late);
    const options: RequestOptions & { ca?: string } = {
      ...{ method: call.method, agent: false, signal: late, headers: { ...call.headers } },
      // Asked by the socket instead of the system's resolver: it gets the address that was checked, and no other.
      lookup: (_hostname, { all }, done) => {
        if (all) done(null, [address]);
        else done(null, address.address, address.family);
      },
      ...(this.parts.ca === undefined ? {} : { ca: this.parts.ca }),
    };
    try {
      return await exchange(url, options, call);
    } catch (error) {
      throw late.aborted ? callFailed('too-slow', error) : failure(error);
    }
  }
}

function exchange(url: URL, options: RequestOptions, call: OutgoingCall): Promise<OutgoingAnswer> {
  const most = call.answerBytes ?? CALL_LIMITS.answerBytes;
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, options, (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes <= most) return void parts.push(part);
        reject(callFailed('answer-too-long'));
        request.destroy();
      });
      response.on('error', reject);
      response.on('aborted', () => reject(callFailed('cut-off')));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    request.on('error', reject);
    request.end(call.body);
  });
}

function checkedUrl(text: string): URL {
  if (!URL.canParse(text)) throw destinationRefused('no-url');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw destinationRefused('scheme');
  if (url.username !== '' || url.password !== '') throw destinationRefused('login-in-url');
  return url;
}

/** Where a redirect leads. What was meant for one house is told to no other, and no redirect takes TLS away. */
function nextUrl(from: URL, location: string, { headers }: OutgoingCall): URL {
  if (!URL.canParse(location, from.href)) throw destinationRefused('no-url');
  const url = checkedUrl(new URL(location, from).href);
  if (from.protocol === 'https:' && url.protocol !== 'https:') throw destinationRefused('downgrade');
  if (url.origin !== from.origin && Object.keys(headers ?? {}).length > 0) throw destinationRefused('other-origin');
  return url;
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

async function beforeEnd<T>(work: Promise<T>, late: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const end = new Promise<never>((_resolve, reject) => {
    stop = () => reject(callFailed('too-slow'));
    late.addEventListener('abort', stop);
  });
  try {
    if (late.aborted) throw callFailed('too-slow');
    return await Promise.race([work, end]);
  } finally {
    if (stop) late.removeEventListener('abort', stop);
  }
}

function failure(error: unknown): Error {
  return error instanceof Error && 'kind' in error ? error : callFailed('no-answer', error);
}
