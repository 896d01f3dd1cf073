import type {
  AgentSent,
  ContactCard,
  ConversationPage,
  ConversationSummary,
  ConversationView,
  ItemPage,
  Me,
  MessageReveal,
  RevealedMessage,
} from '@libs/contracts';
import { Caller, type CallerOptions, query } from './caller.js';

/** Where the API lies and how it is reached. */
export type ApiClientOptions = CallerOptions;

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

/** Typed calls of the console over the HTTP shapes in `@libs/contracts`; the session travels as a cookie. */
export class ApiClient {
  private readonly http: Caller;

  constructor(options: ApiClientOptions = {}) {
    this.http = new Caller(options);
  }

  signOut(): Promise<void> {
    return this.http.post('/account/sign-out');
  }

  me(signal?: AbortSignal): Promise<Me> {
    return this.http.get('/account/me', signal);
  }

  conversations(view: ConversationView, options: PageOptions = {}): Promise<ConversationPage> {
    const { cursor, limit, signal } = options;
    return this.http.get(`/chat/conversations${query({ view, cursor, limit })}`, signal);
  }

  conversation(id: string, signal?: AbortSignal): Promise<ConversationSummary> {
    return this.http.get(`/chat/conversations/${encodeURIComponent(id)}`, signal);
  }

  items(id: string, options: HistoryOptions = {}): Promise<ItemPage> {
    const { before, limit, signal } = options;
    return this.http.get(`/chat/conversations/${encodeURIComponent(id)}/items${query({ before, limit })}`, signal);
  }

  act(id: string, act: ConversationAct): Promise<AgentSent> {
    return this.http.post(`/chat/conversations/${encodeURIComponent(id)}/${act}`);
  }

  /** A visitor's message with the numbers that are stars, on the record. */
  revealMessage(id: string, seq: number, request: MessageReveal): Promise<RevealedMessage> {
    return this.http.post(`/chat/conversations/${encodeURIComponent(id)}/messages/${seq}/reveals`, request);
  }

  contactBySubject(subjectId: string, signal?: AbortSignal): Promise<ContactCard> {
    return this.http.get(`/crm/contacts/by-subject/${encodeURIComponent(subjectId)}`, signal);
  }
}
