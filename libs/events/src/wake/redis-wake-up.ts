import { newId } from '@libs/kernel';
import type { Redis, RedisOptions } from 'ioredis';
import { mergeWake, wakesIn } from './wake-message.js';
import type { Wake, WakeListener, WakeUp } from './wake-up.js';

/** Longest pause before the next try to reach Redis, ms. */
const RETRY_MS = 2000;
/** Wakes that one turn of the event loop may gather; beyond it the others find the rows by themselves. */
const MOST_GATHERED = 5000;

/** What is told about the line to Redis. */
export interface WakeLineNews {
  /** Once each time the line is lost; `code` is the reason, such as ECONNREFUSED. */
  lost(code: string): void;
  /** Once each time it is there again. */
  back(): void;
}

export interface RedisWakeOptions {
  readonly url: string;
  /** Installations that share a Redis have each a channel of their own. */
  readonly channel: string;
  readonly news: WakeLineNews;
}

/**
 * Pub/sub of ids and numbers: Redis keeps none of it. Messages that nobody could be told are dropped, and after each
 * gap this process takes it that it missed something.
 */
export class RedisWakeUp implements WakeUp {
  private readonly listeners: WakeListener[] = [];
  private readonly self = newId();
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private gathered: Wake[] = [];
  private line: 'new' | 'up' | 'down' = 'new';
  private closed = false;

  /** Only who has a Redis loads its client. */
  static async open(options: RedisWakeOptions): Promise<RedisWakeUp> {
    return new RedisWakeUp(options, (await import('ioredis')).Redis);
  }

  private constructor(
    private readonly options: RedisWakeOptions,
    client: typeof Redis,
  ) {
    const settings: RedisOptions = {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: 5000,
      retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 6), RETRY_MS),
    };
    this.publisher = new client(options.url, settings);
    this.subscriber = new client(options.url, { ...settings, autoResubscribe: false });
    for (const connection of [this.publisher, this.subscriber]) {
      connection.on('error', (error: NodeJS.ErrnoException) => this.lost(error.code ?? error.name));
      connection.on('close', () => this.lost('closed'));
    }
    this.subscriber.on('ready', () => void this.subscribe());
    this.subscriber.on('message', (_channel, text: string) => this.hear(text));
    // Redis may come later: the process starts without it.
    for (const connection of [this.publisher, this.subscriber]) connection.connect().catch(() => undefined);
  }

  tell(wake: Wake): void {
    if (this.gathered.length === 0) setImmediate(() => this.flush());
    if (this.gathered.length < MOST_GATHERED) mergeWake(this.gathered, wake);
  }

  onWake(listener: WakeListener): void {
    this.listeners.push(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.flush();
    this.subscriber.disconnect();
    // What was told last still goes out, as long as the line is up.
    if (this.publisher.status === 'ready') await this.publisher.quit().catch(() => undefined);
    this.publisher.disconnect();
  }

  private flush(): void {
    const wakes = this.gathered;
    this.gathered = [];
    if (wakes.length === 0 || this.publisher.status !== 'ready') return;
    const text = JSON.stringify({ by: this.self, wakes });
    this.publisher.publish(this.options.channel, text).catch(() => undefined);
  }

  private async subscribe(): Promise<void> {
    try {
      await this.subscriber.subscribe(this.options.channel);
    } catch (error) {
      this.lost((error as NodeJS.ErrnoException).code ?? 'refused');
      this.subscriber.disconnect(true);
      return;
    }
    if (this.line === 'down') this.options.news.back();
    this.line = 'up';
    this.pass([{ kind: 'feed' }, { kind: 'journal' }]);
  }

  private lost(code: string): void {
    if (this.closed || this.line === 'down') return;
    this.line = 'down';
    this.options.news.lost(code);
  }

  private hear(text: string): void {
    const { by, wakes } = wakesIn(text);
    if (by !== this.self) this.pass(wakes);
  }

  private pass(wakes: readonly Wake[]): void {
    for (const wake of wakes) for (const listener of this.listeners) listener(wake);
  }
}
