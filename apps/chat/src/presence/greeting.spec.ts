import { describe, expect, it } from 'vitest';
import type { VisitorListener } from '../stream/stream-emitter.js';
import { PresenceService } from './presence.service.js';

const SESSION = { inbox: { tenantId: 't' }, visitor: { conversationId: 'c' } };

/** Answers one read after the other; what is read is `states`, the last of them for good. */
function presenceOver(states: readonly { readonly state: string; readonly assignee_id: string | null }[]) {
  let reads = 0;
  const reader = { all: async () => [states[Math.min(reads++, states.length - 1)]] };
  const names = { nameOf: async () => new Map([['m', 'Ben']]) };
  const wakeUp = { onWake: () => undefined };
  const parts = [{}, {}, { reader }, names, {}, wakeUp] as unknown as ConstructorParameters<typeof PresenceService>;
  return new PresenceService(...parts);
}

async function toldBy(presence: PresenceService): Promise<readonly unknown[]> {
  const told: unknown[] = [];
  const listener = { emit: (_packet: string, payload: unknown) => told.push(payload) };
  await presence.greet(SESSION as never, listener as unknown as VisitorListener);
  return told;
}

describe('what a returning visitor is told first', () => {
  const open = { state: 'open', assignee_id: 'm' };

  it('F-0301 is who answers, once', async () => {
    expect(await toldBy(presenceOver([open]))).toEqual([{ name: 'Ben', state: 'open' }]);
  });

  it('F-0301 what changed while it was read has the last word', async () => {
    const told = await toldBy(presenceOver([open, { ...open, state: 'resolved' }]));
    expect(told.at(-1)).toEqual({ name: 'Ben', state: 'resolved' });
  });
});
