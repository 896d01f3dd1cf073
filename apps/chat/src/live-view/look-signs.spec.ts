import { ManualClock } from '@libs/kernel';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VisitorListener } from '../stream/stream-emitter.js';
import { CONFIRM_MS, LEASE_MS } from './look-leases.js';
import { LookSigns } from './look-signs.js';

const PLACE = { tenantId: 'tenant', conversationId: 'talk' };

/** A process with visitors of one conversation; `look` says up to when somebody looks at it, and each read may wait. */
function aProcess() {
  const clock = new ManualClock();
  const look = { until: 0, fail: false, gate: Promise.resolve() };
  const visitors = new Set<VisitorListener>();
  const until = async (): Promise<number> => {
    const read = look.until;
    await look.gate;
    if (look.fail) throw new Error('away');
    return read;
  };
  const parts = [{ visitorsOf: () => visitors }, { until }, clock, { warn: () => undefined }] as never[];
  const signs = new LookSigns(parts[0]!, parts[1]!, parts[2]!, parts[3]!);
  const visitor = (): { listener: VisitorListener; told: boolean[] } => {
    const told: boolean[] = [];
    const emit = (packet: string, { on }: { on: boolean }): unknown => packet === 'watched' && told.push(on);
    const listener = { emit } as unknown as VisitorListener;
    visitors.add(listener);
    return { listener, told };
  };
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await vi.advanceTimersByTimeAsync(ms);
  };
  const lasting = (): number => clock.now() + LEASE_MS;
  return { signs, look, visitor, pass, lasting };
}

describe('P-0207 the visitor’s line about looks', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('says how it stands to who comes, and then only what changed', async () => {
    const { signs, look, visitor, pass, lasting } = aProcess();
    const first = visitor();
    signs.tell(PLACE);
    await pass(0);
    look.until = lasting();
    signs.tell(PLACE);
    await pass(0);
    signs.tell(PLACE);
    const second = visitor();
    signs.tell(PLACE);
    await pass(0);
    look.until = 0;
    signs.hear([{ ...PLACE, resource: 'conversation:talk' } as never]);
    await pass(0);
    expect([first.told, second.told]).toEqual([
      [false, true, false],
      [true, false],
    ]);
  });

  it('tells a socket of a first message nothing as long as nobody looks', async () => {
    const { signs, look, visitor, pass, lasting } = aProcess();
    const { listener, told } = visitor();
    signs.joined(PLACE, listener);
    await pass(0);
    expect(told).toEqual([]);
    look.until = lasting();
    signs.tell(PLACE);
    await pass(0);
    expect(told).toEqual([true]);
  });

  it('says nothing that was overtaken while it was read', async () => {
    const { signs, look, visitor, pass, lasting } = aProcess();
    const { told } = visitor();
    let open = (): void => undefined;
    look.gate = new Promise((resolve) => {
      open = resolve;
    });
    signs.tell(PLACE);
    look.until = lasting();
    signs.tell(PLACE);
    open();
    await pass(0);
    expect(told).toEqual([true]);
  });

  it('ends with the time of a look that nobody confirms, and comes back when somebody does after all', async () => {
    const { signs, look, visitor, pass, lasting } = aProcess();
    const { told } = visitor();
    look.until = lasting();
    signs.tell(PLACE);
    await pass(LEASE_MS - 1);
    expect(told).toEqual([true]);
    await pass(2);
    expect(told).toEqual([true, false]);
    look.until = lasting();
    await pass(CONFIRM_MS);
    expect(told).toEqual([true, false, true]);
  });

  it('is read again when it could not be read', async () => {
    const { signs, look, visitor, pass, lasting } = aProcess();
    const { told } = visitor();
    look.until = lasting();
    look.fail = true;
    signs.tell(PLACE);
    await pass(0);
    look.fail = false;
    await pass(1000);
    expect(told).toEqual([true]);
  });
});
