import type { AgentItem, AgentSynced, ConversationPage } from '@libs/contracts';
import type { Socket } from 'socket.io-client';
import { ANSWER_MS, answerTo, LastingConnection } from './lasting-connection.js';
import { OrderedStream } from './ordered-stream.js';

/**
 * An agent who follows conversations over every restart: live, and by sync after each connect. `live` counts entries
 * that arrived by themselves, so that a test can tell that both ways were used.
 */
export class FollowingAgent {
  readonly streams = new Map<string, OrderedStream<AgentItem>>();
  live = 0;
  private readonly watched = new Set<string>();
  private readonly line: LastingConnection;

  constructor(
    private readonly url: string,
    private readonly cookie: string,
  ) {
    this.line = new LastingConnection(
      `${url}/agent`,
      async () => ({ extraHeaders: { cookie, origin: url } }),
      (socket) => this.listen(socket),
      (socket) => this.resume(socket),
    );
  }

  async connect(): Promise<void> {
    await this.line.socket();
  }

  /** Follows a conversation from its beginning. `watch` is for one that is not assigned to this agent. */
  async follow(conversationId: string, { watch = false } = {}): Promise<void> {
    if (!this.streams.has(conversationId)) this.streams.set(conversationId, new OrderedStream());
    if (watch) this.watched.add(conversationId);
    const socket = await this.line.socket();
    if (watch) await ask(socket, 'conversation:watch', { conversationId });
    await this.sync(conversationId, socket);
  }

  /** Takes a conversation; true when it is this agent's now, also when the answer to an earlier try was lost. */
  async take(conversationId: string): Promise<boolean> {
    const { status } = await this.call('POST', `/conversations/${conversationId}/take`, {});
    return status < 300;
  }

  /** Ids of all conversations of a view. */
  async list(view: 'mine' | 'unassigned'): Promise<string[]> {
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query = new URLSearchParams({ view, limit: '100', ...(cursor === '' ? {} : { cursor }) });
      const { status, body } = await this.call('GET', `/conversations?${query}`);
      if (status !== 200) throw new Error(`list: ${status}`);
      const page = body as ConversationPage;
      ids.push(...page.items.map((item) => item.id));
      cursor = page.next;
    }
    return ids;
  }

  /** Everything after what is known of one conversation. */
  async sync(conversationId: string, socket?: Socket): Promise<void> {
    const line = socket ?? (await this.line.socket());
    const stream = this.streams.get(conversationId)!;
    for (let more = true; more; ) {
      const page = await ask<AgentSynced>(line, 'sync', { conversationId, after: stream.upTo, limit: 200 });
      stream.page(
        page.items.map((item) => [item.revision, item]),
        page.upTo,
      );
      more = page.more;
    }
  }

  async syncAll(): Promise<void> {
    for (const conversationId of this.streams.keys()) await this.sync(conversationId);
  }

  /** Texts of the messages of one conversation, in the order in which they were taken in. */
  messages(conversationId: string): string[] {
    const { entries } = this.streams.get(conversationId)!;
    return entries.flatMap((item) => (item.kind === 'message' ? [item.text] : []));
  }

  cut(): void {
    this.line.cut();
  }

  close(): void {
    this.line.close();
  }

  private listen(socket: Socket): void {
    socket.on('item', (item: AgentItem) => {
      this.live += 1;
      const stream = this.streams.get(item.conversationId);
      if (stream?.offer(item.revision, item)) void this.sync(item.conversationId, socket).catch(() => undefined);
    });
  }

  private async resume(socket: Socket): Promise<void> {
    for (const conversationId of this.watched) await ask(socket, 'conversation:watch', { conversationId });
    for (const conversationId of this.streams.keys()) await this.sync(conversationId, socket);
  }

  private async call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.url}/api/v1/chat${path}`, {
      method,
      headers: {
        cookie: this.cookie,
        origin: this.url,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return { status: response.status, body: await response.json() };
  }
}

async function ask<T>(socket: Socket, name: string, packet: unknown): Promise<T> {
  const answer = await answerTo<T>(socket, name, packet);
  if (!answer.ok) throw new Error(`${name}: ${answer.code}`);
  return answer;
}

/** Signs in as the console does; answers the cookie header. */
export async function signIn(url: string, identifier: string, password: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/account/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ identifier, password }),
  });
  if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
