import type {
  Ack,
  DeliveryCursor,
  VisitorItem,
  VisitorSend,
  VisitorSent,
  VisitorSync,
  VisitorSynced,
} from '@libs/contracts';
import type { Link, LinkEvents } from './link.js';
import type { Timers } from './timers.js';

/** Time moved by hand; everything due runs in order, with promises settled between. */
export class ManualTimers implements Timers {
  private readonly due: { readonly at: number; readonly order: number; readonly run: () => void }[] = [];
  private clock = 0;
  private made = 0;

  now(): number {
    return this.clock;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.clock + ms, order: this.made++, run };
    this.due.push(timer);
    return () => {
      const at = this.due.indexOf(timer);
      if (at >= 0) this.due.splice(at, 1);
    };
  }

  async advance(ms: number): Promise<void> {
    const end = this.clock + ms;
    await settled();
    for (;;) {
      this.due.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = this.due[0];
      if (!next || next.at > end) break;
      this.due.shift();
      this.clock = next.at;
      next.run();
      await settled();
    }
    this.clock = end;
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
}

/** The server of docs/widget-protocol.md in as few lines as possible: one visitor, one conversation. */
export class ModelServer {
  readonly items: VisitorItem[] = [];
  readonly attached = new Set<LinkEvents>();
  readonly received: VisitorSend[] = [];
  readonly senders = new Map<string, { last: number; readonly results: Map<number, { seq: number; text: string }> }>();
  agentCursor: DeliveryCursor = { delivered: 0, read: 0 };
  refuse: (packet: VisitorSend) => Ack<VisitorSent> | undefined = () => undefined;
  /** Refuses to be read from. */
  deaf: () => Ack<VisitorSynced> | undefined = () => undefined;
  persons = 0;
  private readonly slips = new Set<string>();

  message(packet: VisitorSend, token: string | undefined): Ack<VisitorSent> {
    this.received.push(packet);
    const refused = this.refuse(packet);
    if (refused) return refused;
    if (!token && !packet.slip) return { ok: false, code: 'privacy.consent-required' };
    if (!token && packet.slip && !this.slips.has(packet.slip)) {
      this.slips.add(packet.slip);
      this.persons += 1;
    }
    const answer = this.numbered(packet);
    return answer.ok && !token ? { ...answer, token: 'token-1' } : answer;
  }

  private numbered(packet: VisitorSend): Ack<VisitorSent> {
    const sender = this.senders.get(packet.sender) ?? {
      last: 0,
      results: new Map<number, { seq: number; text: string }>(),
    };
    this.senders.set(packet.sender, sender);
    const stored = sender.results.get(packet.number);
    if (stored) {
      if (stored.text !== packet.text) return { ok: false, code: 'chat.sender-reused' };
      return { ok: true, seq: stored.seq, at: 1 };
    }
    if (packet.number !== sender.last + 1) return { ok: false, code: 'chat.sender-gap' };
    sender.last = packet.number;
    const seq = this.append({ from: 'visitor', text: packet.text, sender: packet.sender, number: packet.number });
    sender.results.set(packet.number, { seq, text: packet.text });
    return { ok: true, seq, at: 1 };
  }

  agentSays(text: string): void {
    this.append({ from: 'agent', text, name: '周宁' });
  }

  sync({ after, limit = 100 }: VisitorSync): Ack<VisitorSynced> {
    const refused = this.deaf();
    if (refused) return refused;
    const items = this.items.filter((item) => item.seq > after).slice(0, limit);
    const upTo = items.at(-1)?.seq ?? this.items.length;
    return { ok: true, items, upTo, more: upTo < this.items.length, agentCursor: this.agentCursor };
  }

  private append(item: Pick<VisitorItem, 'from' | 'text' | 'sender' | 'number' | 'name'>): number {
    const full: VisitorItem = { kind: 'message', at: 1, seq: this.items.length + 1, ...item };
    this.items.push(full);
    for (const events of this.attached) events.item(full);
    return full.seq;
  }
}

export interface FakeLinkFaults {
  /** What happens to one packet: it and its answer pass, or one is lost with or without the line. */
  fate(): 'pass' | 'packet-lost' | 'answer-lost' | 'answer-late' | 'no-answer';
}

/** A socket with faults. Reconnects by itself after `reconnectMs`, as Socket.IO would. */
export class FakeLink implements Link {
  connected = false;
  blocked = false;
  readonly cursors: DeliveryCursor[] = [];
  readonly typings: boolean[] = [];
  private attempts = 0;
  private opened = false;
  private generation = 0;

  constructor(
    private readonly server: ModelServer,
    private readonly events: LinkEvents,
    private readonly timers: Timers,
    private readonly token: () => string | undefined,
    private readonly faults: FakeLinkFaults = { fate: () => 'pass' },
    private readonly reconnectMs = 500,
  ) {}

  open(): void {
    this.opened = true;
    this.timers.after(10, () => this.connect());
  }

  close(): void {
    this.opened = false;
    this.detach();
  }

  drop(): void {
    if (!this.connected) return;
    this.detach();
    this.events.down();
    this.timers.after(this.reconnectMs, () => this.connect());
  }

  send(packet: VisitorSend): Promise<Ack<VisitorSent>> {
    return this.exchange(() => this.server.message(packet, this.token()));
  }

  sync(packet: VisitorSync): Promise<Ack<VisitorSynced>> {
    return this.exchange(() => this.server.sync(packet));
  }

  typing(packet: { readonly typing: boolean }): void {
    this.typings.push(packet.typing);
  }

  cursor(cursor: DeliveryCursor): void {
    this.cursors.push(cursor);
  }

  private connect(): void {
    if (!this.opened || this.connected) return;
    if (this.blocked) {
      this.attempts += 1;
      this.events.unreachable(this.attempts);
      this.timers.after(this.reconnectMs, () => this.connect());
      return;
    }
    this.attempts = 0;
    this.connected = true;
    this.generation += 1;
    if (this.token()) this.server.attached.add(this.events);
    this.events.up();
  }

  private detach(): void {
    this.connected = false;
    this.server.attached.delete(this.events);
  }

  private exchange<T>(ask: () => Ack<T>): Promise<Ack<T>> {
    if (!this.connected) return Promise.reject(new Error('not connected'));
    const generation = this.generation;
    const fate = this.faults.fate();
    return new Promise((resolve, reject) => {
      this.timers.after(5, () => {
        const answer = fate === 'packet-lost' ? undefined : ask();
        if (fate === 'pass' || fate === 'answer-late') {
          this.timers.after(fate === 'pass' ? 5 : 60, () => {
            if (this.connected && generation === this.generation) resolve(answer as Ack<T>);
            else reject(new Error('connection lost'));
          });
          return;
        }
        if (fate === 'no-answer') {
          this.timers.after(10_000, () => reject(new Error('no answer')));
          return;
        }
        reject(new Error('connection lost'));
        if (generation === this.generation) this.drop();
      });
    });
  }
}
