import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FollowingAgent, signIn } from './following-agent.js';
import { NumberedVisitor, type VisitedPlace } from './numbered-visitor.js';
import type { ProductProcess } from './product-process.js';
import type { SeededRandom } from './seeded-random.js';
import { countStored, type StoredCounts, type StoredIn } from './stored-messages.js';

const PATIENCE_MS = 120_000;

/** What `CUSTODIA_PROFILE=bench` leaves for a load program. */
interface BenchSeed {
  readonly inboxKey: string;
  readonly origin: string;
  readonly agents: readonly { readonly identifier: string; readonly password: string }[];
}

export interface CrashRunOptions {
  readonly product: ProductProcess;
  readonly home: string;
  readonly stored: StoredIn;
  readonly random: SeededRandom;
  readonly visitors: number;
}

/** What must hold after any number of crashes. */
export interface CrashVerdict {
  readonly acknowledged: number;
  readonly resends: number;
  readonly live: number;
  readonly stored: StoredCounts;
  /** Everything that is wrong, in words; empty when nothing is. */
  readonly faults: readonly string[];
}

/**
 * Visitors who send numbered messages without pause and agents who take and follow their conversations, while something
 * is killed. Half of the visitors write their first message before the first kill, the others join between kills, so
 * that births are hit as well.
 */
export class CrashRun {
  private readonly visitors: NumberedVisitor[] = [];
  private readonly sending: Promise<void>[] = [];
  private readonly agents: FollowingAgent[] = [];
  private running = true;
  private taking: Promise<void> = Promise.resolve();
  private failure: unknown;

  private constructor(
    private readonly options: CrashRunOptions,
    private readonly place: VisitedPlace,
  ) {}

  /** Signs the agents in and lets the first visitors write. */
  static async open(options: CrashRunOptions): Promise<CrashRun> {
    const { product, home, visitors } = options;
    const seed = JSON.parse(readFileSync(join(home, 'bench.json'), 'utf8')) as BenchSeed;
    const run = new CrashRun(options, { url: product.url, inboxKey: seed.inboxKey, pageOrigin: seed.origin });
    for (const { identifier, password } of seed.agents.slice(0, 2)) {
      const agent = new FollowingAgent(product.url, await signIn(product.url, identifier, password));
      await agent.connect();
      run.agents.push(agent);
    }
    run.taking = run.takeConversations();
    run.join(Math.ceil(visitors / 2));
    return run;
  }

  /** Kills `times` at random moments of the load; `kill` also brings back what it killed. */
  async crash(times: number, kill: () => Promise<void>): Promise<void> {
    const { random, visitors } = this.options;
    for (let count = 0; count < times; count += 1) {
      this.join(Math.min(2, visitors - this.visitors.length));
      const before = this.acknowledged;
      await this.until(() => this.acknowledged > before + 20, 'the load goes on');
      await sleep(random.between(0, 250));
      await kill();
    }
    this.join(visitors - this.visitors.length);
    const before = this.acknowledged;
    await this.until(() => this.acknowledged > before + visitors, 'everybody writes again');
  }

  /** Lets everybody finish, then compares what was acknowledged with rows, agents and visitors. */
  async judge(): Promise<CrashVerdict> {
    this.running = false;
    await Promise.all([...this.sending, this.taking]);
    if (this.failure) throw this.failure;
    await this.until(async () => (await this.takeOnce()) >= this.visitors.length, 'all conversations have an agent');
    for (const agent of this.agents) await agent.syncAll();
    const stored = await countStored(this.options.stored);
    const faults = [...this.storedFaults(stored), ...this.agentFaults(), ...(await this.visitorFaults())];
    const resends = this.visitors.reduce((sum, visitor) => sum + visitor.resends, 0);
    const live = this.agents.reduce((sum, agent) => sum + agent.live, 0);
    return { acknowledged: this.acknowledged, resends, live, stored, faults };
  }

  close(): void {
    this.running = false;
    for (const one of [...this.visitors, ...this.agents]) one.close();
  }

  private get acknowledged(): number {
    return this.visitors.reduce((sum, visitor) => sum + visitor.acknowledged.length, 0);
  }

  private join(count: number): void {
    for (let joined = 0; joined < count; joined += 1) {
      const visitor = new NumberedVisitor(this.place, `visitor-${this.visitors.length}`);
      this.visitors.push(visitor);
      this.sending.push(this.keepSending(visitor));
    }
  }

  private async keepSending(visitor: NumberedVisitor): Promise<void> {
    try {
      while (this.running) {
        await visitor.send(this.options.random.between(1, 4));
        await sleep(this.options.random.between(5, 40));
      }
    } catch (error) {
      this.failure ??= error;
    }
  }

  private async takeConversations(): Promise<void> {
    while (this.running) {
      await this.takeOnce().catch(() => undefined);
      await sleep(200);
    }
  }

  /** Both agents take what nobody has; answers how many conversations they have together. */
  private async takeOnce(): Promise<number> {
    for (const [index, id] of (await this.agents[0]!.list('unassigned')).entries()) {
      await this.agents[index % this.agents.length]!.take(id);
    }
    const mine = new Set<string>();
    for (const agent of this.agents) {
      for (const id of await agent.list('mine')) {
        mine.add(id);
        if (!agent.streams.has(id)) await agent.follow(id);
      }
    }
    return mine.size;
  }

  private storedFaults({ messages, sends, conversations, withGaps, journaled }: StoredCounts): string[] {
    const faults: string[] = [];
    if (messages !== this.acknowledged) faults.push(`${messages} rows, ${this.acknowledged} acknowledged`);
    if (sends !== messages) faults.push(`${messages - sends} messages doubled`);
    if (conversations !== this.visitors.length) faults.push(`${conversations} for ${this.visitors.length} visitors`);
    if (withGaps !== 0) faults.push(`${withGaps} conversations with gaps`);
    if (journaled !== messages) faults.push(`${journaled} journal entries for ${messages} messages`);
    return faults;
  }

  private agentFaults(): string[] {
    const heard = new Map<string, string[]>();
    for (const agent of this.agents) {
      for (const id of agent.streams.keys()) {
        const texts = agent.messages(id);
        heard.set(texts[0]?.split('#')[0] ?? id, texts);
      }
    }
    return this.visitors.flatMap((visitor) => {
      const wanted = visitor.acknowledged.map((message) => message.text);
      return sameOrder(`an agent heard of ${visitor.name}`, wanted, heard.get(visitor.name) ?? []);
    });
  }

  private async visitorFaults(): Promise<string[]> {
    const faults: string[] = [];
    for (const visitor of this.visitors) {
      const reader = new NumberedVisitor(this.place, visitor.name, visitor.visitorToken);
      await reader.connect();
      reader.close();
      const wanted = visitor.acknowledged.map(({ text, seq }) => `${seq} ${text}`);
      const found = reader.stream.entries.map(({ text, seq }) => `${seq} ${text}`);
      faults.push(...sameOrder(`history of ${visitor.name}`, wanted, found));
    }
    return faults;
  }

  private async until(done: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      if (this.failure) throw this.failure;
      if (await (async () => done())().catch(() => false)) return;
      if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}; ${this.codes()}`);
      await sleep(20);
    }
  }

  private codes(): string {
    const seen = new Map<string, number>();
    for (const code of this.visitors.flatMap((visitor) => visitor.codes)) seen.set(code, (seen.get(code) ?? 0) + 1);
    return JSON.stringify([...seen]);
  }
}

function sameOrder(what: string, wanted: readonly string[], found: readonly string[]): string[] {
  const at = wanted.findIndex((text, index) => found[index] !== text);
  if (at < 0 && found.length === wanted.length) return [];
  const where = at < 0 ? wanted.length : at;
  return [`${what}: ${found.length} of ${wanted.length}, first difference "${found[where]}" for "${wanted[where]}"`];
}
