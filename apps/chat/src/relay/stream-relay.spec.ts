import { MemoryWakeBus } from '@libs/events';
import { describe, expect, it } from 'vitest';
import type { StreamEvent } from '../stream/stream-items.js';
import { type StreamRange, StreamRelay } from './stream-relay.js';

const PLACE = { tenantId: 'tenant', conversationId: 'talk' };

function event(revision: number): StreamEvent {
  return { head: PLACE, kind: 'message', outcome: { seq: revision, revision, at: 0 }, authorId: null } as never;
}

/** A process that writes down what it shows, from memory or from the rows. */
function relayOn(bus: MemoryWakeBus) {
  const shown: number[] = [];
  const errors: unknown[] = [];
  const rows = { fail: 0, gate: Promise.resolve() };
  const show = async ({ after, upTo }: StreamRange): Promise<void> => {
    await rows.gate;
    if (rows.fail-- > 0) throw new Error('away');
    for (let revision = after + 1; revision <= upTo; revision += 1) shown.push(revision);
  };
  const emit = (events: readonly StreamEvent[]): void => {
    shown.push(...events.map(({ outcome }) => outcome.revision));
  };
  const wakeUp = bus.join();
  const onError = (error: unknown): void => void errors.push(error);
  return { relay: new StreamRelay({ emitter: { emit }, source: { show }, wakeUp, onError }), shown, errors, rows };
}

const row = (revision: number) => ({ ...PLACE, resource: 'conversation:talk', detail: { revision } }) as never;

describe('F-0301 a stream that two processes write', () => {
  it('goes out from memory here and from the rows there, each number once and in order', async () => {
    const bus = new MemoryWakeBus();
    const [here, there] = [relayOn(bus), relayOn(bus)];
    here.relay.committed([event(1), event(2)]);
    await expect.poll(() => there.shown).toEqual([1, 2]);
    there.relay.committed([event(3)]);
    await expect.poll(() => here.shown).toEqual([1, 2, 3]);
    expect(there.shown).toEqual([1, 2, 3]);
    expect(here.relay.relayed).toEqual({ 'wake-up': 1, journal: 0, gap: 0 });
    expect(there.relay.relayed).toEqual({ 'wake-up': 2, journal: 0, gap: 0 });
  });

  it('a number that no wake-up told of is read before the own one behind it', async () => {
    const { relay, shown } = relayOn(new MemoryWakeBus());
    relay.committed([event(1)]);
    relay.committed([event(4)]);
    expect(shown).toEqual([1]);
    await expect.poll(() => shown).toEqual([1, 2, 3, 4]);
    expect(relay.relayed.gap).toBe(3);
    relay.committed([event(5)]);
    expect(shown).toEqual([1, 2, 3, 4, 5]);
  });

  it('an own entry that is committed while others are read comes after them', async () => {
    const { relay, shown, rows } = relayOn(new MemoryWakeBus());
    relay.committed([event(1)]);
    let open = (): void => undefined;
    rows.gate = new Promise((resolve) => {
      open = resolve;
    });
    relay.listener([]).hear([row(2)]);
    relay.committed([event(3)]);
    expect(shown).toEqual([1]);
    open();
    await expect.poll(() => shown).toEqual([1, 2, 3]);
  });

  it('the journal finds what no wake-up told of, and nothing twice', async () => {
    const { relay, shown } = relayOn(new MemoryWakeBus());
    relay.committed([event(1)]);
    relay.listener([]).hear([row(1), row(2), row(3)]);
    await expect.poll(() => shown).toEqual([1, 2, 3]);
    expect(relay.relayed).toEqual({ 'wake-up': 0, journal: 2, gap: 0 });
  });

  it('rows that cannot be read now are read later, before anything that follows', async () => {
    const { relay, shown, rows, errors } = relayOn(new MemoryWakeBus());
    relay.committed([event(1)]);
    rows.fail = 1;
    relay.listener([]).hear([row(2)]);
    await expect.poll(() => errors).toHaveLength(1);
    relay.committed([event(3)]);
    await expect.poll(() => shown).toEqual([1, 2, 3]);
  });
});
