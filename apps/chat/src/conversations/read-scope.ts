import type { MemberPrincipal } from '@libs/http';
import type { ConversationRow } from './conversation.repository.js';

/**
 * Which conversations a member may read: `own` = assigned, participated, and unassigned ones as a headline. Exists in
 * every query and every room (design 4).
 */
export interface ReadScope {
  readonly memberId: string;
  readonly reach: 'own' | 'all' | 'none';
}

const REACH: Readonly<Record<string, ReadScope['reach']>> = {
  owner: 'all',
  admin: 'all',
  supervisor: 'all',
  agent: 'own',
  'privacy-officer': 'none',
};

/** The scope of a signed-in member; a session that owes a step, and a role nobody has mapped, reach nothing. */
export function scopeOf({
  role,
  memberId,
  pending = [],
}: Pick<MemberPrincipal, 'role' | 'memberId' | 'pending'>): ReadScope {
  return { memberId, reach: pending.length > 0 ? 'none' : (REACH[role] ?? 'none') };
}

/** True when the member may read the text: what `isHeadline` asks of a row that was found within the scope. */
export function mayRead(scope: ReadScope, row: Pick<ConversationRow, 'assigneeId' | 'joined'>): boolean {
  return scope.reach !== 'none' && !isHeadline(scope, row);
}

/** True when the member sees only that it exists: text comes with taking it. */
export function isHeadline(scope: ReadScope, row: Pick<ConversationRow, 'assigneeId' | 'joined'>): boolean {
  return scope.reach === 'own' && row.assigneeId !== scope.memberId && !row.joined;
}
