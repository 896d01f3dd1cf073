import { describe, expect, it } from 'vitest';
import { HIDDEN, REASON_MS, type RevealEvent, type RevealState, revealStep, SHOWN_MS } from './reveal-state.js';

const run = (...events: RevealEvent[]): RevealState => events.reduce(revealStep, HIDDEN);
const want = (field: 'mobile' | 'address', now = 0): RevealEvent => ({ type: 'wanted', field, direct: null, now });
const reasoned: RevealEvent = { type: 'reasoned', given: { reason: 'ticket' }, now: 0 };
const answered: RevealEvent = { type: 'answered', field: 'mobile', value: '13800001234', now: 5 };

describe('revealing a value', () => {
  it('P-1005 asks for a reason, waits for the server, shows for 60 seconds', () => {
    expect(run(want('mobile')).reveal).toEqual({ phase: 'asking', field: 'mobile' });
    expect(run(want('mobile'), reasoned).reveal).toMatchObject({ phase: 'waiting', given: { reason: 'ticket' } });
    expect(run(want('mobile'), reasoned, answered).reveal).toEqual({
      phase: 'shown',
      field: 'mobile',
      value: '13800001234',
      reason: 'ticket',
      hideAt: 5 + SHOWN_MS,
    });
  });

  it('P-1005 a reason of the work at hand needs no question', () => {
    const direct: RevealEvent = { type: 'wanted', field: 'mobile', direct: { reason: 'conversation' }, now: 0 };
    expect(run(direct).reveal).toMatchObject({ phase: 'waiting' });
    expect(run(direct).remembered).toBeNull();
  });

  it('P-1005 a given reason serves the record for ten minutes', () => {
    const told = run(want('mobile'), reasoned, answered, { type: 'hide' });
    expect(revealStep(told, want('address', REASON_MS - 1)).reveal).toMatchObject({ phase: 'waiting' });
    expect(revealStep(told, want('address', REASON_MS)).reveal).toMatchObject({ phase: 'asking' });
  });

  it('P-1005 one field at a time: another one hides the first', () => {
    const other = run(want('mobile'), reasoned, answered, want('address', REASON_MS + 1));
    expect(JSON.stringify(other)).not.toContain('13800001234');
  });

  it('P-1005 an answer that comes after hiding is not shown', () => {
    expect(run(want('mobile'), reasoned, { type: 'hide' }, answered).reveal).toEqual({ phase: 'hidden' });
  });

  it('P-1005 a refusal is kept at its field; where a reason is missing the question comes', () => {
    const failed = (askReason: boolean): RevealEvent => ({ type: 'failed', field: 'mobile', error: 'no', askReason });
    expect(run(want('mobile'), reasoned, failed(false)).reveal).toMatchObject({ phase: 'refused', error: 'no' });
    expect(run(want('mobile'), reasoned, failed(true))).toMatchObject({
      reveal: { phase: 'asking' },
      remembered: null,
    });
  });
});
