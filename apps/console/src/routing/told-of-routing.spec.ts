import type { InboxRouting } from '@libs/contracts';
import { expect, it } from 'vitest';
import { changedFields } from '../forms/changed-fields.js';
import { toldOfRouting } from './told-of-routing.js';
import { en as words } from './words/en.js';

const before = { teamId: 't1', overflowTeamId: 't2', hoursId: null } as InboxRouting;
const now = { teamId: 't2', overflowTeamId: null, hoursId: 'h1' } as InboxRouting;

it('what somebody else chose for an inbox is told by its name, and by its field alone where the name is not known', () => {
  expect(changedFields(before, now, toldOfRouting(words, [{ id: 't2', name: 'After sales' }]))).toEqual([
    { label: words.hours },
    { label: words.team, text: 'After sales' },
    { label: words.overflow, text: words.noOverflow },
  ]);
});
