import { describe, expect, it } from 'vitest';
import { awayUntil } from './business-hours.js';

describe('business hours in the widget', () => {
  it('F-1401 the file tells the next changes, and the clock of the page where it stands', () => {
    const hours = { open: false, changes: [100, 200, 300] };
    expect([50, 100, 199, 200, 299, 300].map((now) => awayUntil(hours, now))).toEqual([
      ...[100, undefined, undefined, 300, 300, undefined],
    ]);
    expect(awayUntil({ open: true, changes: [100] }, 100)).toBeNull();
  });

  it('F-1401 without hours the business always answers', () => {
    expect(awayUntil(undefined, 0)).toBeUndefined();
    expect(awayUntil({ open: true, changes: [] }, 0)).toBeUndefined();
    expect(awayUntil({ open: false, changes: [] }, 0)).toBeNull();
  });
});
