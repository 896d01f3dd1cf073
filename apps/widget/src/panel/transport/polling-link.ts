import type { Ack, VisitorSend, VisitorSent, VisitorSync, VisitorSynced } from '@libs/contracts';
import type { Credentials, Link, LinkEvents } from './link.js';
import type { Timers } from './timers.js';

const POLL_MS = 3_000;
const MESSAGES = '/api/v1/chat/widget/messages';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** For networks that block WebSocket: the same packets over plain HTTP, asking for news every 3 s. */
export class PollingLink implements Link {
  private cancelPoll: (() => void) | undefined;
  private running = false;
  private up = false;

  constructor(
    private readonly fetch: Fetch,
    private readonly credentials: Credentials,
    private readonly events: LinkEvents,
    private readonly after: () => number,
    private readonly timers: Timers,
  ) {}

  open(): void {
    if (this.running) return;
    this.running = true;
    void this.poll();
  }

  close(): void {
    this.running = false;
    this.up = false;
    this.cancelPoll?.();
  }

  async send(packet: VisitorSend): Promise<Ack<VisitorSent>> {
    const pass = await this.credentials.pass();
    const response = await this.fetch(MESSAGES, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.authorization() },
      credentials: 'omit',
      body: JSON.stringify({ ...packet, inbox: this.credentials.inbox, pass }),
    });
    return answerOf<VisitorSent>(response);
  }

  async sync(packet: VisitorSync): Promise<Ack<VisitorSynced>> {
    const limit = packet.limit === undefined ? '' : `&limit=${packet.limit}`;
    const response = await this.fetch(`${MESSAGES}?inbox=${this.credentials.inbox}&after=${packet.after}${limit}`, {
      headers: this.authorization(),
      credentials: 'omit',
      cache: 'no-store',
    });
    return answerOf<VisitorSynced>(response);
  }

  /** Signs and cursors are not worth a request. */
  typing(): void {}
  cursor(): void {}

  private authorization(): Record<string, string> {
    const token = this.credentials.token();
    return token ? { authorization: `Bearer ${token}` } : {};
  }

  private async poll(): Promise<void> {
    const answer = this.credentials.token() ? await this.sync({ after: this.after() }).catch(() => undefined) : null;
    if (!this.running) return;
    this.cancelPoll = this.timers.after(POLL_MS, () => void this.poll());
    // Before the first message there is nothing to ask for; sending will tell whether the way is open.
    if (answer === undefined) {
      this.up = false;
      this.events.down();
      return;
    }
    if (answer && !answer.ok) {
      this.up = false;
      this.events.refused(answer.code);
      return;
    }
    if (answer?.ok) {
      this.events.page(answer);
      this.events.queue(answer.queue ?? { place: 0 });
      this.events.watched({ on: answer.watched === true });
    }
    if (this.up) return;
    this.up = true;
    this.events.up();
  }
}

/** A refusal has a stable code; anything else that is not a success leaves the outcome unknown. */
async function answerOf<T extends object>(response: Response): Promise<Ack<T>> {
  const body: unknown = await response.json();
  if (typeof body !== 'object' || body === null) throw new Error('not an answer');
  if (response.ok) return { ok: true, ...(body as T) };
  if ('code' in body && typeof body.code === 'string' && response.status < 500) {
    const details = 'details' in body ? body.details : undefined;
    return { ok: false, code: body.code, ...(isDetails(details) ? { details } : {}) };
  }
  throw new Error(`answer ${response.status}`);
}

function isDetails(value: unknown): value is Readonly<Record<string, string | number | boolean>> {
  return typeof value === 'object' && value !== null;
}
