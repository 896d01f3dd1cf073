import type { FirstRun } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { doneOf, fromInstall, nextOf } from './steps.js';

function run(steps: Partial<FirstRun['steps']>): FirstRun {
  const none = { inbox: null, notice: null, snippet: null, invitation: null, answer: null };
  return { steps: { ...none, ...steps }, inbox: null, refusedOrigin: null };
}

describe('the first steps', () => {
  it('F-0101 count what happened, in whatever order, and name the first that has not', () => {
    expect([doneOf(run({})), nextOf(run({}))]).toEqual([0, 'inbox']);
    const some = run({ inbox: 1, notice: 2, answer: 9 });
    expect([doneOf(some), nextOf(some)]).toEqual([3, 'snippet']);
  });

  it('F-0101 say how long it took only where the answer came after the installation', () => {
    expect(fromInstall(run({ snippet: 1_000, answer: 253_000 }))).toBe(252_000);
    expect(fromInstall(run({ snippet: 9, answer: 3 }))).toBeUndefined();
    expect(fromInstall(run({ answer: 3 }))).toBeUndefined();
  });
});
