import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ack, VisitorItem, VisitorSent, VisitorSynced } from '@libs/contracts';
import type { Socket } from 'socket.io-client';
import { ANSWER_MS, answerTo, LastingConnection } from './lasting-connection.js';
import { OrderedStream } from './ordered-stream.js';

/** Where visitors write: product, inbox and the origin of the page that embeds the widget. */
export interface VisitedPlace {
  readonly url: string;
  readonly inboxKey: string;
  readonly pageOrigin: string;
}

/** A message the server has acknowledged. */
export interface Acknowledged {
  readonly number: number;
  readonly text: string;
  readonly seq: number;
}

/** A code under which the same number may be offered again (docs/widget-protocol.md section 8). */
const FINAL = /^chat\.(sender-reused|sender-expired|message-|packet-|token-|blocked)|^privacy\./;

/** A visitor as the protocol describes one: numbers, resends, sync before sends, a new pass for each connect. */
export class NumberedVisitor {
  readonly sender = randomBytes(16).toString('base64url');
  readonly acknowledged: Acknowledged[] = [];
  readonly stream = new OrderedStream<VisitorItem>();
  resends = 0;
  private token: string | undefined;
  private slip: string | undefined;
  private readonly line: LastingConnection;

  constructor(
    private readonly place: VisitedPlace,
    readonly name: string,
    token?: string,
  ) {
    this.token = token;
    this.line = new LastingConnection(
      `${place.url}/widget`,
      async () => ({ auth: await this.auth() }),
      (socket) => this.listen(socket),
      (socket) => this.sync(socket),
    );
  }

  /** Text of message `number`; tells whose it is. */
  textOf(number: number): string {
    return `${this.name}#${number}`;
  }

  get visitorToken(): string | undefined {
    return this.token;
  }

  get codes(): readonly string[] {
    return this.line.codes;
  }

  /** Sends the next `count` messages and returns when all of them are acknowledged, over however many connections. */
  async send(count = 1): Promise<void> {
    const first = this.acknowledged.length + 1;
    const last = first + count - 1;
    while (this.acknowledged.length < last) {
      const socket = await this.line.socket();
      await this.burst(socket, this.acknowledged.length + 1, last);
    }
  }

  /** Offers the next message once; a refusal consumes no number. */
  async offerNext(): Promise<Ack<VisitorSent>> {
    const number = this.acknowledged.length + 1;
    const answer = await this.ask(await this.line.socket(), number);
    if (answer.ok) this.acknowledged.push({ number, text: this.textOf(number), seq: answer.seq });
    return answer;
  }

  /** Sends an acknowledged message once more; answers what the server says. */
  async resend(number: number): Promise<Ack<VisitorSent>> {
    for (;;) {
      const answer = await this.ask(await this.line.socket(), number).catch(() => undefined);
      if (answer && (answer.ok || FINAL.test(answer.code))) return answer;
      await sleep(20);
    }
  }

  /** Opens the line and syncs, without sending. */
  async connect(): Promise<void> {
    await this.line.socket();
  }

  cut(): void {
    this.line.cut();
  }

  close(): void {
    this.line.close();
  }

  /** Offers `from` to `to` in order without waiting in between; keeps the acknowledgements that came without a gap. */
  private async burst(socket: Socket, from: number, to: number): Promise<void> {
    // Before there is a token only the first message is in flight.
    const until = this.token === undefined ? from : to;
    const numbers = Array.from({ length: until - from + 1 }, (_, index) => from + index);
    const answers = await Promise.all(numbers.map((number) => this.ask(socket, number).catch(() => undefined)));
    for (const [index, answer] of answers.entries()) {
      if (!answer?.ok) {
        if (answer && FINAL.test(answer.code)) throw new Error(`${this.textOf(from + index)}: ${answer.code}`);
        this.resends += 1;
        await sleep(20);
        return;
      }
      this.token ??= answer.token;
      this.acknowledged.push({ number: from + index, text: this.textOf(from + index), seq: answer.seq });
    }
  }

  private ask(socket: Socket, number: number): Promise<Ack<VisitorSent>> {
    const packet = { sender: this.sender, number, text: this.textOf(number) };
    const withSlip = this.token === undefined && this.slip !== undefined ? { ...packet, slip: this.slip } : packet;
    return answerTo(socket, 'message:send', withSlip);
  }

  private listen(socket: Socket): void {
    socket.on('item', (item: VisitorItem) => {
      if (this.stream.offer(item.seq, item)) void this.sync(socket).catch(() => undefined);
    });
  }

  /** Everything after what is known; also called at the end of a test. */
  async sync(socket?: Socket): Promise<void> {
    if (this.token === undefined) return;
    const line = socket ?? (await this.line.socket());
    for (let more = true; more; ) {
      const packet = { after: this.stream.upTo, limit: 200 };
      const answer = await answerTo<VisitorSynced>(line, 'sync', packet);
      if (!answer.ok) throw new Error(answer.code);
      this.stream.page(
        answer.items.map((item) => [item.seq, item]),
        answer.upTo,
      );
      more = answer.more;
    }
  }

  private async auth(): Promise<Record<string, string>> {
    const { inboxKey, pageOrigin, url } = this.place;
    const { pass } = await post<{ pass: string }>(`${url}/api/v1/chat/widget/passes`, { inbox: inboxKey }, pageOrigin);
    if (this.token !== undefined) return { inbox: inboxKey, pass, token: this.token };
    this.slip ??= await this.agree(pass);
    return { inbox: inboxKey, pass };
  }

  private async agree(pass: string): Promise<string> {
    const { inboxKey, url } = this.place;
    const response = await fetch(`${url}/widget/inboxes/${inboxKey}.json`);
    const settings = (await response.json()) as { notice: Record<string, { hash: string; version: number }> };
    const { hash, version } = settings.notice['zh-CN']!;
    const body = { inbox: inboxKey, pass, noticeHash: hash, version, locale: 'zh-CN' };
    return (await post<{ slip: string }>(`${url}/api/v1/chat/widget/consents`, body, url)).slip;
  }
}

async function post<T>(url: string, body: unknown, origin: string): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
