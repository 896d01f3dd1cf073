import type { SqlValue } from '@libs/database';
import type { Condition } from './list-wish.js';
import type { ReadScope } from './read-scope.js';

/**
 * From so many conversations on that a member takes part in, a walk through the tenant's whole list meets enough of them
 * to fill a page soon. Who has fewer is given the few.
 */
export const FEW = 1000;

const LISTED =
  'FROM chat_conversation c LEFT JOIN chat_participant p ' +
  'ON p.tenant_id = c.tenant_id AND p.conversation_id = c.id AND p.participant = ? WHERE c.tenant_id = ?';
/** An expression of `p` keeps SQLite from beginning with `c`: it would walk the whole list for the sake of its order. */
const JOINED =
  'FROM chat_participant p JOIN chat_conversation c ON c.tenant_id = p.tenant_id ' +
  'AND c.id = COALESCE(p.conversation_id, p.conversation_id) WHERE p.participant = ? AND p.tenant_id = ?';

/** The rows that fulfil `condition`: all of them in one walk. `c` and `p` are what conditions name (see `Condition`). */
export function wholeWalk({ memberId }: ReadScope, tenantId: string, { sql, params }: Condition): Condition {
  return { sql: `${LISTED} AND ${sql}`, params: [memberId, tenantId, ...params] };
}

/** The same rows for a member who takes part in few: own ones, nobody's, and those of others; no row twice. */
export function fewWalks({ memberId }: ReadScope, tenantId: string, { sql, params }: Condition): readonly Condition[] {
  const walk = (from: string, ...own: SqlValue[]): Condition => ({
    sql: `${from} AND ${sql}`,
    params: [memberId, tenantId, ...own, ...params],
  });
  return [
    walk(`${LISTED} AND c.assignee_id = ?`, memberId),
    walk(`${LISTED} AND c.assignee_id IS NULL`),
    walk(`${JOINED} AND c.assignee_id <> ?`, memberId),
  ];
}

/** The first `take` of all walks by `order`; `columns` of each. */
export function firstOf(walks: readonly Condition[], columns: string, order: string, take: number): Condition {
  const tail = `${order === '' ? '' : ` ORDER BY ${order}`} LIMIT ?`;
  const parts = walks.map(({ sql }) => `SELECT ${columns} ${sql}${tail}`);
  const params = walks.flatMap((walk) => [...walk.params, take]);
  if (parts.length === 1) return { sql: parts[0]!, params };
  return { sql: parts.map((part, at) => `SELECT * FROM (${part}) w${at}`).join(' UNION ALL '), params };
}
