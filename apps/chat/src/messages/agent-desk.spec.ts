import { describe, expect, it } from 'vitest';
import { AgentDesk } from './agent-desk.js';

/** A conversation of a colleague; one question about it, or the beginning of one look, waits until it is let go. */
function aDesk({ question = 0, look = 0 }: { readonly question?: number; readonly look?: number }) {
  const looks: string[] = [];
  let follows = 0;
  let asked = 0;
  let begun = 0;
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
        if (asked === question) await waiting;
        return row;
      },
    },
    emitter: {
      addWatcher: () => {
        follows += 1;
        return () => {
          follows -= 1;
        };
      },
    },
    presence: { viewersChanged: () => undefined },
    liveViews: {
      begin: async () => {
        looks.push('began');
        const { assigneeId } = row;
        begun += 1;
        if (begun === look) await waiting;
        return { assigneeId, end: () => looks.push('ended') };
      },
    },
  };
  const { asker, listener, conversations, emitter, presence, liveViews } = parts as never as Record<string, never>;
  const desk = new AgentDesk(asker!, listener!, conversations!, emitter!, presence!, liveViews!);
  const hand = (assigneeId: string): void => {
    row.assigneeId = assigneeId;
  };
  return { desk, looks, letGo, hand, followed: () => follows };
}

describe('what one agent has open', () => {
  it('P-0207 a page that is closed while its look is looked at anew leaves one look behind, not two', async () => {
    const { desk, looks, letGo } = aDesk({ question: 3 });
    const watching = desk.watch('c');
    // The look anew asks third, and has no answer yet.
    await watching;
    desk.leave();
    letGo();
    await new Promise((resolve) => setImmediate(resolve));
    expect(looks).toEqual(['began', 'ended']);
  });

  it.each([
    ['while it is looked up', { question: 1 }, []],
    ['while its look begins', { look: 1 }, ['began', 'ended']],
  ])('P-0207 what is closed %s is not followed, and nobody looks at it any more', async (_, waits, expected) => {
    const { desk, looks, followed, letGo } = aDesk(waits);
    const watching = desk.watch('c');
    await new Promise((resolve) => setImmediate(resolve));
    desk.unwatch('c');
    letGo();
    await watching;
    await new Promise((resolve) => setImmediate(resolve));
    expect(looks).toEqual(expected);
    expect(followed()).toBe(0);
  });

  it('P-0207 what is opened twice at once is followed once, and its looks end with the page', async () => {
    const { desk, looks, followed } = aDesk({});
    await Promise.all([desk.watch('c'), desk.watch('c')]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(followed()).toBe(1);
    expect(looks.filter((one) => one === 'began').length - looks.filter((one) => one === 'ended').length).toBe(1);
    desk.leave();
    expect(looks.filter((one) => one === 'began').length).toBe(looks.filter((one) => one === 'ended').length);
    expect(followed()).toBe(0);
  });

  it('P-0207 what is opened again while its look is looked at anew leaves no look behind', async () => {
    const { desk, looks, letGo, hand } = aDesk({ look: 2 });
    await desk.watch('c');
    hand('another');
    desk.turned('c');
    await new Promise((resolve) => setImmediate(resolve));
    await desk.watch('c');
    letGo();
    await new Promise((resolve) => setImmediate(resolve));
    desk.leave();
    expect(looks.filter((one) => one === 'began').length).toBe(3);
    expect(looks.filter((one) => one === 'ended').length).toBe(3);
  });
});
