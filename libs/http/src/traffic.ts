import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Counts requests: what is under way, what was answered, how late the event loop runs. Nothing names a person. */
export class Traffic {
  private readonly answered = new Map<string, number>();
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

  answeredWith(method: string, status: number): void {
    const label = `method="${method}",status="${Math.floor(status / 100)}xx"`;
    this.answered.set(label, (this.answered.get(label) ?? 0) + 1);
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

  /** Counters in the text form that Prometheus reads. */
  render(): string {
    const { user, system } = process.cpuUsage();
    const memory = process.memoryUsage();
    const lines = [
      '# TYPE process_cpu_seconds_total counter',
      `process_cpu_seconds_total ${(user + system) / 1e6}`,
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${memory.rss}`,
      '# TYPE nodejs_heap_used_bytes gauge',
      `nodejs_heap_used_bytes ${memory.heapUsed}`,
      '# TYPE nodejs_eventloop_delay_p99_seconds gauge',
      `nodejs_eventloop_delay_p99_seconds ${this.delay.percentile(99) / 1e9}`,
      '# TYPE http_requests_in_flight gauge',
      `http_requests_in_flight ${this.inFlightNow}`,
      '# TYPE http_requests_total counter',
      ...[...this.answered].map(([label, count]) => `http_requests_total{${label}} ${count}`),
    ];
    return `${lines.join('\n')}\n`;
  }
}
