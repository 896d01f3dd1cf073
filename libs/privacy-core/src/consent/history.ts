import type { ConsentScope } from './scope.js';

/** What a person said about a scope. A refusal is kept, so that nobody asks again (P-0104). */
export type Decision = 'grant' | 'refuse' | 'withdraw';

/** One entry of the append-only record, as the rules need it. */
export interface Decided {
  readonly scope: ConsentScope;
  readonly decision: Decision;
  /** Version of the function (or notice) that was agreed to; 0 for a refusal. */
  readonly version: number;
  /** When the person decided. */
  readonly at: number;
}

/** What counts now about each scope a person has decided on. */
export type ConsentState = ReadonlyMap<ConsentScope, Decided>;

/** Nothing was ever decided. */
export const NO_DECISIONS: ConsentState = new Map();

/**
 * The state that a history leads to, whatever order it is read in: the latest decision of a scope counts, and of two of
 * the same moment the one that allows less. So a consent that was given before a withdrawal and arrives after it, or
 * arrives twice, changes nothing.
 */
export function stateOf(history: Iterable<Decided>): ConsentState {
  const state = new Map<ConsentScope, Decided>();
  for (const decided of history) {
    const known = state.get(decided.scope);
    if (!known || outweighs(decided, known)) state.set(decided.scope, decided);
  }
  return state;
}

const WEIGHT: Readonly<Record<Decision, number>> = { grant: 0, refuse: 1, withdraw: 2 };

function outweighs(one: Decided, other: Decided): boolean {
  if (one.at !== other.at) return one.at > other.at;
  if (one.decision !== other.decision) return WEIGHT[one.decision] > WEIGHT[other.decision];
  return one.version < other.version;
}

/** True when the person said no and has not said yes since. */
export function isDenied(state: ConsentState, scope: ConsentScope): boolean {
  const decided = state.get(scope);
  return decided !== undefined && decided.decision !== 'grant';
}
