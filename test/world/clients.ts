import { randomBytes } from 'node:crypto';
import type { Ack, AgentItem, AgentSent, ConversationPage, VisitorItem, VisitorSent, Watched } from '@libs/contracts';
import { io, type Socket } from 'socket.io-client';
import { SHOP } from './chat-world.js';

/** A packet with its acknowledgement; rejects when none comes. */
export function ask<T>(socket: Socket, name: string, packet: unknown, ms = 10_000): Promise<Ack<T>> {
  return socket.timeout(ms).emitWithAck(name, packet) as Promise<Ack<T>>;
}

/** The answer of a packet that must succeed. */
export function must<T>(answer: Ack<T>): T {
  if (!answer.ok) throw new Error(`refused: ${answer.code}`);
  return answer;
}

export function newSender(): string {
  return randomBytes(16).toString('base64url');
}

export interface Visitor {
  readonly socket: Socket;
  readonly sender: string;
  readonly items: VisitorItem[];
  /** Whether somebody looks on, as often as it was told. */
  readonly watched: boolean[];
  readonly slip: string | undefined;
  token: string | undefined;
  /** Sends the next numbered message. */
  send(text: string): Promise<Ack<VisitorSent>>;
  close(): void;
}

/** A visitor as the widget is one: pass, notice agreed to, socket. */
export async function openVisitor(
  origin: string,
  inbox: string,
  options: { token?: string | undefined; agree: boolean },
): Promise<Visitor> {
  const { pass } = await postJson<{ pass: string }>(origin, '/api/v1/chat/widget/passes', { inbox }, { origin: SHOP });
  const slip = options.agree && options.token === undefined ? await agree(origin, inbox, pass) : undefined;
  const auth = options.token === undefined ? { inbox, pass } : { inbox, pass, token: options.token };
  const items: VisitorItem[] = [];
  const watched: boolean[] = [];
  const socket = await connect(`${origin}/widget`, { auth }, (opening) => {
    opening.on('item', (item: VisitorItem) => items.push(item));
    opening.on('watched', ({ on }: Watched) => watched.push(on));
  });
  const sender = newSender();
  let number = 0;
  const visitor: Visitor = {
    socket,
    sender,
    items,
    watched,
    slip,
    token: options.token,
    send: async (text) => {
      number += 1;
      const answer = await ask<VisitorSent>(socket, 'message:send', {
        sender,
        number,
        text,
        ...(slip ? { slip } : {}),
      });
      if (answer.ok) visitor.token ??= answer.token;
      else number -= 1;
      return answer;
    },
    close: () => socket.close(),
  };
  return visitor;
}

/** Agrees to the notice in force; answers the slip. */
export async function agree(origin: string, inbox: string, pass: string): Promise<string> {
  const response = await fetch(`${origin}/widget/inboxes/${inbox}.json`);
  const settings = (await response.json()) as { notice: Record<string, { hash: string; version: number }> };
  const { hash, version } = settings.notice['zh-CN']!;
  const body = { inbox, pass, noticeHash: hash, version, locale: 'zh-CN' };
  return (await postJson<{ slip: string }>(origin, '/api/v1/chat/widget/consents', body, { origin })).slip;
}

/** What the console asks for without its socket. */
export interface AgentCalls {
  /** The first page, at most 100. */
  list(view: string, limit?: number): Promise<ConversationPage>;
  post<T>(path: string, body?: unknown): Promise<{ status: number; body: T & { code?: string } }>;
  get<T>(path: string): Promise<{ status: number; body: T & { code?: string } }>;
  take(conversationId: string): Promise<{ status: number; body: AgentSent & { code?: string } }>;
}

export interface Agent extends AgentCalls {
  readonly socket: Socket;
  readonly cookie: string;
  readonly items: AgentItem[];
  close(): void;
}

/** An agent as the console is one. */
export async function openAgent(origin: string, cookie: string): Promise<Agent> {
  const socket = await connect(`${origin}/agent`, { extraHeaders: { cookie, origin } });
  const items: AgentItem[] = [];
  socket.on('item', (item: AgentItem) => items.push(item));
  return { socket, cookie, items, ...agentCalls(origin, cookie), close: () => socket.close() };
}

/** A member who asks and opens no socket. */
export function agentCalls(origin: string, cookie: string): AgentCalls {
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${origin}/api/v1/chat${path}`, {
      method,
      headers: { cookie, origin, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as never };
  };
  return {
    list: (view, limit = 100) => listOf(() => call('GET', `/conversations?view=${view}&limit=${limit}`)),
    get: (path) => call('GET', path),
    post: (path, body = {}) => call('POST', path, body),
    take: (id) => call('POST', `/conversations/${id}/take`, {}),
  };
}

/**
 * The page that `ask` gets. A process that was halted for more than 5 s refuses to read until it has heard what was
 * withdrawn meanwhile, and then reads again; any other refusal is told.
 */
async function listOf(
  ask: () => Promise<{ status: number; body: ConversationPage & { code?: string } }>,
): Promise<ConversationPage> {
  for (const until = Date.now() + 20_000; ; ) {
    const { status, body } = await ask();
    if (status === 200) return body;
    if (body.code !== 'event.feed-stale' || Date.now() > until) throw new Error(`list: ${status} ${body.code}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Opens a socket; rejects with the refusal's code. `listen` hears what comes with the answer to the connect packet. */
export function connect(
  url: string,
  options: Record<string, unknown>,
  listen: (opening: Socket) => void = () => undefined,
): Promise<Socket> {
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, ...options });
  listen(socket);
  return new Promise((resolve, reject) => {
    socket.on('connect', () => resolve(socket));
    socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
      socket.close();
      reject(Object.assign(new Error(error.data?.code ?? error.message), { code: error.data?.code }));
    });
  });
}

export async function postJson<T>(
  origin: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const response = await fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Waits until `done` holds. */
export async function until(done: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await done())) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/**
 * Waits until `serves` is false. "Within 5 s" on a machine of any speed: nothing that is asked for later than that may be
 * served, because a process that has not read its feed by then refuses (design 1).
 */
export async function servedNoLonger(serves: () => boolean | Promise<boolean>): Promise<void> {
  const began = performance.now();
  await until(async () => {
    const asked = performance.now();
    if (!(await serves())) return true;
    if (asked - began > 5_000) throw new Error('still served after 5 s');
    return false;
  });
}
