import { describe, expect, it } from 'vitest';
import { changedFields, type ToldField } from './changed-fields.js';

interface Team {
  readonly name: string;
  readonly members: readonly string[];
  readonly version: number;
}
const told: readonly ToldField<Team>[] = [
  { label: 'Name', of: ({ name }) => name, text: ({ name }) => name },
  { label: 'Members', of: ({ members }) => members },
];

describe('what somebody else changed meanwhile', () => {
  const before: Team = { name: 'Returns', members: ['a', 'b'], version: 1 };

  it('is told by the name of the field, with what it says now where a line can say it', () => {
    expect(changedFields(before, { name: '退货', members: ['a'], version: 2 }, told)).toEqual([
      { label: 'Name', text: '退货' },
      { label: 'Members' },
    ]);
  });

  it('is nothing where both say the same, and an emptied field says nothing', () => {
    expect(changedFields(before, { ...before, members: ['a', 'b'], version: 2 }, told)).toEqual([]);
    expect(changedFields(before, { ...before, name: '' }, told)).toEqual([{ label: 'Name', text: '' }]);
  });
});
