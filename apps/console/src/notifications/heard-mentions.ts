import type { Mention } from '@libs/contracts';
import type { Notice } from './notice.js';

/** The line says only that mentions changed, also when some were read: which of them are new is worked out here. */
export class HeardMentions {
  private known: ReadonlySet<string> | undefined;

  /** All that is unread, as news. What is known from now on is this. */
  take(items: readonly Mention[]): readonly Notice[] {
    const unread = items.filter(({ read }) => !read).map(mentioned);
    this.known = new Set(unread.map(({ key }) => key));
    return unread;
  }

  /** What was not there the last time, the oldest first; only the newest where nothing was ever heard. */
  fresh(items: readonly Mention[]): readonly Notice[] {
    const { known } = this;
    const unread = this.take(items);
    return known ? unread.filter(({ key }) => !known.has(key)).toReversed() : unread.slice(0, 1);
  }
}

function mentioned({ conversationId, revision, at }: Mention): Notice {
  return { kind: 'mention', conversationId, key: `${conversationId}:${revision}:mention`, at };
}
