import type {
  AgentSent,
  ContactCard,
  ConversationPage,
  ConversationSummary,
  ConversationView,
  ItemPage,
  Me,
  SignIn,
} from '@libs/contracts';
import { call, type HttpFetch } from './http.js';

/** Where the API lies and how it is reached. */
export interface ApiClientOptions {
  /** Defaults to `/api/v1` of the page's own origin. */
  readonly baseUrl?: string;
  readonly fetch?: HttpFetch;
}

/** Which page of a list. */
export interface PageOptions {
  readonly cursor?: string;
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** Which part of a conversation's history: what lies before a revision. */
export interface HistoryOptions {
  readonly before?: number;
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** Acts on a conversation; the answer says where in the stream the act stands. */
export type ConversationAct = 'take' | 'resolve' | 'reopen';

function query(parts: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(parts).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  if (given.length === 0) return '';
  return `?${given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

/** Typed calls of the console over the HTTP shapes in `@libs/contracts`; the session travels as a cookie. */
export class ApiClient {
  private readonly baseUrl: string;
  private readonly fetch: HttpFetch;

  constructor(options: ApiClientOptions = {}) {
    this.baseUrl = options.baseUrl ?? '/api/v1';
    this.fetch = options.fetch ?? ((url, request) => globalThis.fetch(url, request));
  }

  signIn(body: SignIn): Promise<Me> {
    return this.post('/account/sign-in', body);
  }

  signOut(): Promise<void> {
    return this.post('/account/sign-out');
  }

  me(signal?: AbortSignal): Promise<Me> {
    return this.get('/account/me', signal);
  }

  conversations(view: ConversationView, options: PageOptions = {}): Promise<ConversationPage> {
    const { cursor, limit, signal } = options;
    return this.get(`/chat/conversations${query({ view, cursor, limit })}`, signal);
  }

  conversation(id: string, signal?: AbortSignal): Promise<ConversationSummary> {
    return this.get(`/chat/conversations/${encodeURIComponent(id)}`, signal);
  }

  items(id: string, options: HistoryOptions = {}): Promise<ItemPage> {
    const { before, limit, signal } = options;
    return this.get(`/chat/conversations/${encodeURIComponent(id)}/items${query({ before, limit })}`, signal);
  }

  act(id: string, act: ConversationAct): Promise<AgentSent> {
    return this.post(`/chat/conversations/${encodeURIComponent(id)}/${act}`);
  }

  contactBySubject(subjectId: string, signal?: AbortSignal): Promise<ContactCard> {
    return this.get(`/crm/contacts/by-subject/${encodeURIComponent(subjectId)}`, signal);
  }

  private get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return call<T>(this.fetch, this.baseUrl + path, {
      method: 'GET',
      headers: { accept: 'application/json' },
      credentials: 'same-origin',
      ...(signal ? { signal } : {}),
    });
  }

  private post<T>(path: string, body: object = {}): Promise<T> {
    return call<T>(this.fetch, this.baseUrl + path, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'same-origin',
    });
  }
}
