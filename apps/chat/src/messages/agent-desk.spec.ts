import { describe, expect, it } from 'vitest';
import { AgentDesk } from './agent-desk.js';

/** A conversation of a colleague; the third question about it waits until it is let go. */
function aDesk() {
  const looks: string[] = [];
  let asked = 0;
  let letGo = (): void => undefined;
  const waiting = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const row = { id: 'c', assigneeId: 'colleague', seq: 1, revision: 1, state: 'open' };
  const parts = {
    asker: { tenantId: 't', memberId: 'supervisor', scope: { reach: 'all', memberId: 'supervisor' } },
    listener: { reads: { account: () => undefined } },
    conversations: {
      require: async () => {
        asked += 1;
        if (asked === 3) await waiting;
        return row;
      },
    },
    emitter: { addWatcher: () => () => undefined },
    presence: { viewersChanged: () => undefined },
    liveViews: {
      begin: async () => {
        looks.push('began');
        return { assigneeId: 'colleague', end: () => looks.push('ended') };
      },
    },
  };
  const { asker, listener, conversations, emitter, presence, liveViews } = parts as never as Record<string, never>;
  const desk = new AgentDesk(asker!, listener!, conversations!, emitter!, presence!, liveViews!);
  return { desk, looks, letGo };
}

describe('what one agent has open', () => {
  it('P-0207 a page that is closed while its look is looked at anew leaves one look behind, not two', async () => {
    const { desk, looks, letGo } = aDesk();
    const watching = desk.watch('c');
    // The look anew asks third, and has no answer yet.
    await watching;
    desk.leave();
    letGo();
    await new Promise((resolve) => setImmediate(resolve));
    expect(looks).toEqual(['began', 'ended']);
  });
});
