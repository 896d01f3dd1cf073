import { describe, expect, it } from 'vitest';
import { mergeWake, wakesIn } from './wake-message.js';
import type { Wake } from './wake-up.js';

const PLACE = { tenantId: 't', conversationId: 'c' };

describe('wakes', () => {
  it('ranges of one turn that meet are one, and nobody is told twice to look', () => {
    const wakes: Wake[] = [];
    for (const wake of [
      { kind: 'stream', ...PLACE, from: 1, to: 1 },
      { kind: 'stream', ...PLACE, from: 2, to: 3 },
      { kind: 'journal' },
      { kind: 'journal' },
      { kind: 'stream', ...PLACE, from: 9, to: 9 },
    ] as const)
      mergeWake(wakes, wake);
    expect(wakes).toEqual([
      { kind: 'stream', ...PLACE, from: 1, to: 3 },
      { kind: 'journal' },
      { kind: 'stream', ...PLACE, from: 9, to: 9 },
    ]);
  });

  it('what is no wake is dropped: whoever reaches Redis can wake a process and nothing more', () => {
    const good: Wake = { kind: 'cursor', ...PLACE, memberId: null, delivered: 3, read: 2 };
    const bad = [
      null,
      7,
      'journal',
      { kind: 'delete' },
      { kind: 'stream', ...PLACE, from: -1, to: 2 },
      { kind: 'typing' },
    ];
    expect(wakesIn(JSON.stringify({ by: 'x', wakes: [...bad, good] }))).toEqual({ by: 'x', wakes: [good] });
    for (const text of ['', 'null', '[]', '{"by":1,"wakes":[]}', '{"by":"x"}']) expect(wakesIn(text).wakes).toEqual([]);
  });
});
