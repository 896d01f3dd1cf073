import type { NetworkLog } from './network-log.service.js';
import type { NetworkLogEntry } from './network-log-row.js';

/** Whose request it is, once that is known. */
export interface LoggedCaller {
  readonly tenantId: string;
  readonly memberId?: string;
  /** Absent for a visitor who has not written yet. */
  readonly subjectId?: string;
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What is read of a request; a Fastify request has it. */
export interface LoggedRequest {
  readonly method: string;
  readonly url: string;
  /** Read from the line: undefined once the caller has hung up. */
  readonly ip: string | undefined;
  readonly headers: Headers;
  readonly routeOptions: { readonly url?: string | undefined };
  readonly body?: unknown;
}

/** What is read of the answer; a Fastify reply has it. */
export interface LoggedReply {
  readonly statusCode: number;
}

/** The two hooks for `server.addHook`. */
export interface NetworkLogHook<R extends LoggedRequest> {
  /** Notes the address while there is a line; a full queue holds up new requests instead of losing rows. */
  onRequest(request: R): Promise<void>;
  onResponse(request: R, reply: LoggedReply): Promise<void>;
}

/** Query parameters that hold what a person searched for. */
const SEARCH = ['q', 'search', 'query'];
/** Routes whose body holds it: a number or an address is looked for without standing in a URL. */
const SEARCHES = /\/searches$/;

/**
 * Notes each HTTP request of a known caller. `callerOf` is the guard's answer; requests without a caller, or of a
 * visitor who only looks, leave nothing.
 */
export function networkLogHook<R extends LoggedRequest>(
  log: NetworkLog,
  callerOf: (request: R) => LoggedCaller | undefined,
): NetworkLogHook<R> {
  const addresses = new WeakMap<R, string>();
  return {
    onRequest: (request) => {
      if (request.ip !== undefined) addresses.set(request, request.ip);
      return log.room();
    },
    onResponse: async (request, { statusCode }) => {
      const caller = callerOf(request);
      if (!caller) return;
      const { method, routeOptions, url, headers, body } = request;
      const asked = what(url, headers);
      log.record({
        ...who(caller),
        ...asked,
        search: asked.search ?? (SEARCHES.test(routeOptions.url ?? '') ? searchIn(body) : null),
        method,
        route: routeOptions.url ?? 'unknown',
        status: statusCode,
        address: addresses.get(request) ?? request.ip ?? null,
      });
    },
  };
}

/** What is read of a Socket.IO handshake. `address` is the one that trusted proxies vouch for. */
export interface LoggedHandshake {
  readonly address: string | undefined;
  readonly url: string;
  readonly headers: Headers;
}

/** The entry of a connection, for `NetworkLog.openSocket` with the first message or sign-in. */
export function socketEntry(namespace: string, caller: LoggedCaller, handshake: LoggedHandshake): NetworkLogEntry {
  return {
    ...who(caller),
    ...what(handshake.url, handshake.headers),
    method: 'CONNECT',
    route: namespace,
    status: 101,
    address: handshake.address ?? null,
  };
}

function who({ tenantId, memberId, subjectId }: LoggedCaller) {
  return { tenantId, memberId: memberId ?? null, subjectId: subjectId ?? null };
}

function what(url: string, headers: Headers) {
  return {
    userAgent: first(headers['user-agent']),
    language: first(headers['accept-language']),
    url,
    search: searchOf(url),
  };
}

function first(value: string | readonly string[] | undefined): string | null {
  return (typeof value === 'string' ? value : value?.[0]) ?? null;
}

function searchIn(body: unknown): string | null {
  const q = typeof body === 'object' && body !== null && 'q' in body ? body.q : null;
  return typeof q === 'string' && q !== '' ? q : null;
}

function searchOf(url: string): string | null {
  const mark = url.indexOf('?');
  if (mark < 0) return null;
  const query = new URLSearchParams(url.slice(mark + 1));
  return SEARCH.map((name) => query.get(name)).find((value) => value !== null && value !== '') ?? null;
}
