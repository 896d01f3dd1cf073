import type { AgentItem, NotificationKind } from '@libs/contracts';

/** Something that happened to a conversation while its member looked elsewhere. It holds no text and no name. */
export interface Notice {
  readonly kind: NotificationKind;
  readonly conversationId: string;
  /** Tells the same news in two tabs apart from two pieces of news. */
  readonly key: string;
  readonly at: number;
}

export interface NoticeReader {
  readonly memberId: string;
  /** Whether the conversation was theirs before this happened. */
  readonly mine: boolean;
}

/** What a member is told of an entry of the stream; undefined where it is their own doing or none of their business. */
export function noticeOf(item: AgentItem, reader: NoticeReader): Notice | undefined {
  const kind = kindOf(item, reader);
  const { conversationId, revision, at } = item;
  return kind && { kind, conversationId, key: `${conversationId}:${revision}`, at };
}

function kindOf(item: AgentItem, { memberId, mine }: NoticeReader): NotificationKind | undefined {
  const byMe = item.author.id === memberId;
  switch (item.kind) {
    case 'message':
      return mine && item.author.kind === 'visitor' ? 'message' : undefined;
    case 'assigned':
      if (byMe) return undefined;
      return item.member?.id === memberId ? 'assigned' : mine ? 'handed-over' : undefined;
    case 'released':
    case 'taken':
      return mine && !byMe ? 'handed-over' : undefined;
    case 'woken':
      return mine && !byMe ? 'woken' : undefined;
    default:
      return undefined;
  }
}
