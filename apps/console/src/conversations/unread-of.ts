import type { ConversationSummary } from '@libs/contracts';
import { rooms } from '../live/live-session.js';

/**
 * What waits unread in a row; what this page has shown is read, whatever an answer on its way still says. In what is
 * resolved nothing waits for anybody: who writes again opens it again.
 */
export function unreadOf(row: ConversationSummary): number {
  if (row.state === 'resolved') return 0;
  return row.seq <= rooms.readOf(row.id) ? 0 : row.unread;
}
