import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Traffic } from './traffic.js';

/** Holds the event loop. */
function hold(ms: number): void {
  for (const until = performance.now() + ms; performance.now() < until; );
}

describe('counters of a process', () => {
  it('P-1002 lateness of the event loop is that since the last read', async () => {
    const traffic = new Traffic();
    traffic.start();
    const measure = traffic.measures.find(({ name }) => name === 'nodejs_eventloop_delay_p99_seconds')!;
    const read = (): number => measure.read() as number;
    await sleep(50);
    hold(1_000);
    await sleep(50);
    expect(read()).toBeGreaterThan(0.5);
    // Nothing was seen since.
    expect(read()).toBe(0);
    traffic.stop();
  });
});
