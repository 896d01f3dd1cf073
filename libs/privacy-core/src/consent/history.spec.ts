import { describe, expect, it } from 'vitest';
import { forSeeds, someDecided } from '../testing/seeded.js';
import { type Decided, isDenied, NO_DECISIONS, stateOf } from './history.js';

const SCOPE = 'field/customer-relations/contact.mobile';
const at = (moment: number, decision: Decided['decision'], version = decision === 'grant' ? 1 : 0): Decided => ({
  scope: SCOPE,
  decision,
  version,
  at: moment,
});
const plain = (history: Iterable<Decided>) => [...stateOf(history)].sort(([a], [b]) => (a < b ? -1 : 1));

describe('the state a history leads to', () => {
  it('P-0109 is the same whatever order the records are read in, and when some are read twice', () => {
    forSeeds(400, (seeded) => {
      const history = Array.from({ length: seeded.below(60) }, () => someDecided(seeded));
      const expected = plain(history);
      expect(plain(seeded.shuffled(history))).toEqual(expected);
      expect(plain([...seeded.shuffled(history), ...seeded.shuffled(history)])).toEqual(expected);
      expect(plain(stateOf(history).values())).toEqual(expected);
    });
  });

  it('P-0109 the last word about a scope counts', () => {
    expect(stateOf([at(1, 'grant'), at(2, 'withdraw'), at(3, 'grant')]).get(SCOPE)).toEqual(at(3, 'grant'));
    expect(stateOf([at(1, 'grant'), at(2, 'withdraw')]).get(SCOPE)).toEqual(at(2, 'withdraw'));
  });

  it('P-0104 of two words at the same moment the one that allows less counts', () => {
    expect(stateOf([at(5, 'grant'), at(5, 'refuse')]).get(SCOPE)?.decision).toBe('refuse');
    expect(stateOf([at(5, 'withdraw'), at(5, 'grant')]).get(SCOPE)?.decision).toBe('withdraw');
    expect(stateOf([at(5, 'grant', 2), at(5, 'grant', 1)]).get(SCOPE)?.version).toBe(1);
  });

  it('P-0109 an older consent, replayed as often as one likes, never outweighs a later no', () => {
    forSeeds(400, (seeded) => {
      const moment = 50 + seeded.below(10);
      const no = at(moment, seeded.pick(['refuse', 'withdraw'] as const));
      const replayed = Array.from({ length: 20 }, () => at(seeded.below(moment + 1), 'grant', 1 + seeded.below(9)));
      expect(isDenied(stateOf(seeded.shuffled([no, ...replayed])), SCOPE)).toBe(true);
    });
  });

  it('C-06 nothing said is neither yes nor no', () => {
    expect(NO_DECISIONS.size).toBe(0);
    expect(isDenied(NO_DECISIONS, SCOPE)).toBe(false);
    expect(isDenied(stateOf([at(1, 'grant')]), SCOPE)).toBe(false);
  });
});
