import { describe, expect, it } from 'vitest';
import { newId, randomTokenBytes } from './id.js';

describe('random bytes', () => {
  it('are as many as were asked for and never the same, across the ends of the pool', () => {
    const seen = new Set<string>();
    for (let round = 0; round < 3000; round++) {
      const bytes = randomTokenBytes(12 + (round % 9));
      expect(bytes).toHaveLength(12 + (round % 9));
      seen.add(bytes.toString('hex'));
    }
    expect(seen.size).toBe(3000);
    // Every byte of many is drawn: none was left as the pool is after use.
    const many = [...seen].join('');
    expect(many.split('00'.repeat(4)).length).toBe(1);
  });

  it('are random to the last one where they are more than the pool', () => {
    const bytes = randomTokenBytes(20_000);
    expect(bytes).toHaveLength(20_000);
    expect(bytes.subarray(-32).every((byte) => byte === 0)).toBe(false);
  });
});

describe('an id', () => {
  it('is a UUID of version 7 that begins with its moment', () => {
    const id = newId(Date.UTC(2026, 10, 23));
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2026, 10, 23));
    expect(newId(1) < newId(2)).toBe(true);
  });
});
