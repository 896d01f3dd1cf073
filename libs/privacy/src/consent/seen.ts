import type { SqlReader } from '@libs/database';
import { type ConsentScope, type ConsentState, type Decided, type Decision, stateOf } from '@libs/privacy-core';

/** What a person decided so far, with the mark of it that goes to a screen and comes back with the next decision. */
export interface Decisions {
  readonly state: ConsentState;
  /** Opaque; null where nothing was ever decided. */
  seen(scope: ConsentScope): string | null;
}

/** All that one person decided. */
export async function readHistory(reader: SqlReader, tenantId: string, subjectId: string): Promise<readonly Decided[]> {
  const rows = await reader.all<{
    scope: string;
    decision: Decision;
    version: number | string;
    decided_at: number | string;
  }>('SELECT scope, decision, version, decided_at FROM privacy_consent_record WHERE tenant_id = ? AND subject_id = ?', [
    tenantId,
    subjectId,
  ]);
  return rows.map(({ scope, decision, version, decided_at }) => ({
    ...{ scope, decision },
    ...{ version: Number(version), at: Number(decided_at) },
  }));
}

/** State and marks of one and the same history: a mark never says more than the state beside it. */
export function decisionsOf(history: readonly Decided[]): Decisions {
  const state = stateOf(history);
  const noes = countNoes(history);
  const seen = (scope: ConsentScope) => (history.length === 0 ? null : `${lastAt(state, scope)}.${noes}`);
  return { state, seen };
}

/**
 * True when the person has decided otherwise since they saw `after`: about the scope, or, for a yes, any no at all. A
 * grant that was held up cannot undo a later withdrawal, of everything or of the basic consent neither (P-0109).
 */
export function isOvertaken(
  history: readonly Decided[],
  { scope, decision }: Pick<Decided, 'scope' | 'decision'>,
  after: string | null,
): boolean {
  // Neither part depends on a clock: decisions of a scope have ever later times, and records are only appended.
  if (after === null) return history.length > 0;
  const [at, noes, ...rest] = after.split('.');
  if (rest.length > 0 || at !== String(lastAt(stateOf(history), scope))) return true;
  return decision === 'grant' && noes !== String(countNoes(history));
}

function lastAt(state: ConsentState, scope: ConsentScope): number {
  return state.get(scope)?.at ?? 0;
}

function countNoes(history: readonly Decided[]): number {
  return history.filter(({ decision }) => decision !== 'grant').length;
}
