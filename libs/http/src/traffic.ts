import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Measure, Sample } from './measures.js';

/** Counts requests: what is under way, what was answered, how late the event loop runs. Nothing names a person. */
export class Traffic {
  private readonly answered = new Map<string, { readonly labels: Sample['labels']; value: number }>();
  private readonly delay = monitorEventLoopDelay({ resolution: 20 });
  private waiters: (() => void)[] = [];
  private inFlightNow = 0;
  private isDraining = false;

  get inFlight(): number {
    return this.inFlightNow;
  }

  get draining(): boolean {
    return this.isDraining;
  }

  start(): void {
    this.delay.enable();
  }

  stop(): void {
    this.delay.disable();
  }

  opened(): void {
    this.inFlightNow += 1;
  }

  /** `route` is the template of a route, with the names of its parameters; undefined where nothing was found. */
  answeredWith(method: string, route: string | undefined, status: number): void {
    const labels = { method, route: route ?? 'none', status: String(status) };
    const key = `${method} ${labels.route} ${status}`;
    const known = this.answered.get(key);
    if (known) known.value += 1;
    else this.answered.set(key, { labels, value: 1 });
  }

  closed(): void {
    this.inFlightNow -= 1;
    if (this.inFlightNow > 0) return;
    for (const wake of this.waiters) wake();
    this.waiters = [];
  }

  /** From now on new requests are refused. Resolves when none is under way, or after `limitMs`. */
  async drain(limitMs: number): Promise<void> {
    this.isDraining = true;
    if (this.inFlightNow === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.waiters.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Of the time since the last read: a pause at the start would otherwise stand there for ever. */
  private lateness(): number {
    const seconds = this.delay.count === 0 ? 0 : this.delay.percentile(99) / 1e9;
    this.delay.reset();
    return seconds;
  }

  /** What an operator watches of any process. */
  get measures(): readonly Measure[] {
    return [
      {
        ...{ name: 'process_cpu_seconds_total', kind: 'counter', help: 'Time on a processor.' },
        read: () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
      },
      {
        ...{ name: 'process_resident_memory_bytes', kind: 'gauge', help: 'Memory of the process.' },
        read: () => process.memoryUsage.rss(),
      },
      {
        ...{ name: 'nodejs_heap_used_bytes', kind: 'gauge', help: 'Memory of its objects.' },
        read: () => process.memoryUsage().heapUsed,
      },
      {
        ...{
          name: 'nodejs_eventloop_delay_p99_seconds',
          kind: 'gauge',
          help: 'How late the event loop ran since the last read.',
        },
        read: () => this.lateness(),
      },
      {
        ...{ name: 'http_requests_in_flight', kind: 'gauge', help: 'Requests under way.' },
        read: () => this.inFlightNow,
      },
      {
        ...{ name: 'http_requests_total', kind: 'counter', help: 'Answers by template of the route.' },
        read: () => [...this.answered.values()],
      },
    ];
  }
}
