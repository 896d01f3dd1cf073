import type {
  Ack,
  ChoiceMade,
  InboxSettings,
  PersonalChoices,
  VisitorItem,
  VisitorSend,
  VisitorSent,
  VisitorSynced,
} from '@libs/contracts';
import type { Socket } from 'socket.io-client';
import { connect } from '../world/clients.js';
import type { Target } from './target.js';

const API = '/api/v1/chat/widget';

/** An answer over HTTP with its body as it came. */
export interface Reply<T> {
  readonly status: number;
  readonly body: T & { readonly code?: string };
  readonly headers: Headers;
}

/** Speaks docs/widget-protocol.md and nothing else: what it needs, any server that keeps the page offers. */
export class ProtocolClient {
  constructor(private readonly target: Target) {}

  pass(origin: string | undefined = this.target.origin): Promise<Reply<{ pass: string; expiresAt: number }>> {
    return this.post('/passes', { inbox: this.target.inbox }, origin === undefined ? {} : { origin });
  }

  async settings(): Promise<Reply<InboxSettings>> {
    return read(await fetch(`${this.target.url}/widget/inboxes/${this.target.inbox}.json`));
  }

  /** Agrees to the notice in force; `change` alters what is agreed to. */
  async consent(change: object = {}): Promise<Reply<{ slip: string; expiresAt: number }>> {
    const { notice, locales } = (await this.settings()).body;
    const { hash, version } = notice[locales[0]!]!;
    const { inbox } = this.target;
    const { pass } = (await this.pass()).body;
    return this.post('/consents', { inbox, pass, noticeHash: hash, version, locale: locales[0], ...change });
  }

  async slip(): Promise<string> {
    return (await this.consent()).body.slip;
  }

  /** A socket of the visitor's namespace; collects what the server says of itself. */
  async socket(token?: string): Promise<Socket & { readonly heard: VisitorItem[] }> {
    const { inbox } = this.target;
    const { pass } = (await this.pass()).body;
    const auth = token === undefined ? { inbox, pass } : { inbox, pass, token };
    const socket = await connect(`${this.target.url}/widget`, { auth });
    const heard: VisitorItem[] = [];
    socket.on('item', (item: VisitorItem) => heard.push(item));
    return Object.assign(socket, { heard });
  }

  /** `message:send` where the socket is blocked. */
  async sendByHttp(packet: VisitorSend, token?: string): Promise<Reply<VisitorSent>> {
    const { inbox } = this.target;
    const { pass } = (await this.pass()).body;
    return this.post('/messages', { ...packet, inbox, pass }, bearer(token));
  }

  async poll(token: string | undefined, after: number, limit?: number): Promise<Reply<VisitorSynced>> {
    const query = new URLSearchParams({ inbox: this.target.inbox, after: String(after) });
    if (limit !== undefined) query.set('limit', String(limit));
    return read(await fetch(`${this.target.url}${API}/messages?${query}`, { headers: bearer(token) }));
  }

  /** Section 10: what the bearer of a token agreed to. */
  async choices(token: string | undefined, locale = 'zh-CN'): Promise<Reply<PersonalChoices>> {
    const query = new URLSearchParams({ inbox: this.target.inbox, locale });
    return read(await fetch(`${this.target.url}${API}/choices?${query}`, { headers: bearer(token) }));
  }

  /** One act about one scope, with version and hash as they were read; `change` alters what is sent. */
  async choose(token: string, scope: string, granted: boolean, change: object = {}): Promise<Reply<PersonalChoices>> {
    const found = (await this.choices(token)).body.choices.find((choice) => choice.scope === scope);
    const { version = 1, noticeHash = '', seen = null } = found ?? {};
    const said = { locale: 'zh-CN', screen: 'widget.your-data' } as const;
    const made: ChoiceMade = { scope, granted, version, noticeHash, seen, ...said };
    return this.post(`/choices?inbox=${this.target.inbox}`, { ...made, ...change }, bearer(token));
  }

  withdrawAll(token: string): Promise<Reply<PersonalChoices>> {
    const body = { locale: 'zh-CN', screen: 'widget.your-data' };
    return this.post(`/choices/withdraw-all?inbox=${this.target.inbox}`, body, bearer(token));
  }

  private async post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply<T>> {
    const response = await fetch(this.target.url + API + path, {
      ...{ method: 'POST', body: JSON.stringify(body) },
      headers: { 'content-type': 'application/json', ...headers },
    });
    return read(response);
  }
}

/** Sends a packet over a socket. */
export function send(socket: Socket, packet: VisitorSend): Promise<Ack<VisitorSent>> {
  return socket.timeout(10_000).emitWithAck('message:send', packet) as Promise<Ack<VisitorSent>>;
}

/** Asks a socket for everything after a number. */
export function sync(socket: Socket, after: number, limit?: number): Promise<Ack<VisitorSynced>> {
  const packet = limit === undefined ? { after } : { after, limit };
  return socket.timeout(10_000).emitWithAck('sync', packet) as Promise<Ack<VisitorSynced>>;
}

function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

async function read<T>(response: Response): Promise<Reply<T>> {
  const body = (await response.json()) as T & { code?: string };
  return { status: response.status, body, headers: response.headers };
}
