import { call, type HttpFetch, type HttpRequest } from './http.js';

/** Where the API lies and how it is reached. */
export interface CallerOptions {
  /** Defaults to `/api/v1` of the page's own origin. */
  readonly baseUrl?: string;
  readonly fetch?: HttpFetch;
}

/** The given parts as the end of an address; nothing when none is given. */
export function query(parts: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(parts).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  if (given.length === 0) return '';
  return `?${given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

/** What all clients share: base address, JSON, the session as a cookie. */
export class Caller {
  private readonly baseUrl: string;
  private readonly fetch: HttpFetch;

  constructor(options: CallerOptions = {}) {
    this.baseUrl = options.baseUrl ?? '/api/v1';
    this.fetch = options.fetch ?? ((url, request) => globalThis.fetch(url, request));
  }

  get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return call<T>(this.fetch, this.baseUrl + path, {
      method: 'GET',
      headers: { accept: 'application/json' },
      credentials: 'same-origin',
      ...(signal ? { signal } : {}),
    });
  }

  post<T>(path: string, body: object = {}, signal?: AbortSignal): Promise<T> {
    return this.send<T>('POST', path, body, signal);
  }

  put<T>(path: string, body: object): Promise<T> {
    return this.send<T>('PUT', path, body);
  }

  /** Bytes instead of JSON, with the type that they have. */
  putBytes<T>(path: string, body: Blob): Promise<T> {
    return call<T>(this.fetch, this.baseUrl + path, {
      method: 'PUT',
      headers: { accept: 'application/json', 'content-type': body.type },
      body,
      credentials: 'same-origin',
    });
  }

  /** The whole address of `path`, for what the browser fetches itself. */
  address(path: string): string {
    return this.baseUrl + path;
  }

  patch<T>(path: string, body: object): Promise<T> {
    return this.send<T>('PATCH', path, body);
  }

  delete<T>(path: string, body: object = {}): Promise<T> {
    return this.send<T>('DELETE', path, body);
  }

  private send<T>(method: HttpRequest['method'], path: string, body: object, signal?: AbortSignal): Promise<T> {
    return call<T>(this.fetch, this.baseUrl + path, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'same-origin',
      ...(signal ? { signal } : {}),
    });
  }
}
