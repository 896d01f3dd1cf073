import type { ConversationRow } from '../conversations/conversation.repository.js';
import type { ReadScope } from '../conversations/read-scope.js';

/**
 * True while `scope` looks at a conversation that a colleague has: only those who reach all of them do. Whoever is in it
 * by their own work does not look on.
 */
export function isLiveView(scope: ReadScope, row: Pick<ConversationRow, 'assigneeId' | 'state'>): boolean {
  if (scope.reach !== 'all' || row.state === 'resolved') return false;
  return row.assigneeId !== null && row.assigneeId !== scope.memberId;
}
