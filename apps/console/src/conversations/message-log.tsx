import { DownOutlined } from '@ant-design/icons';
import type { ConversationSummary } from '@libs/contracts';
import { Button } from 'antd';
import { useMemo, useRef } from 'react';
import { useNow } from '../live/use-now.js';
import { useMe } from '../session/session.js';
import { errorText } from '../words/error-text.js';
import { dayHeading } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import { ActivityLine } from './activity-line.js';
import type { Act } from './conversation-acts.js';
import type { ConversationRoom, RoomSnapshot } from './conversation-room.js';
import { type LogBlock, layOutLog } from './log-layout.js';
import { MessageGroup } from './message-group.js';
import { RevealingMessages } from './message-reveals.js';
import { OutgoingMessages } from './outgoing-messages.js';
import { undoableOf } from './standing.js';
import { useLogScroll } from './use-log-scroll.js';
import { usePlaceWords } from './words/use-place-words.js';

interface LogProps {
  readonly row: ConversationSummary;
  readonly room: ConversationRoom;
  readonly snapshot: RoomSnapshot;
  readonly act: Act;
}

export function MessageLog({ row, room, snapshot, act }: LogProps) {
  const me = useMe();
  const words = useWords();
  const places = usePlaceWords();
  const { items, unreadFrom, outgoing } = snapshot;
  const blocks = useMemo(() => layOutLog(items, unreadFrom), [items, unreadFrom]);
  const undoable = undoableOf(items, row, me.memberId);
  const undo = undoable && { of: undoable.revision, run: () => !act.isPending && act.mutate(undoable.wish) };
  const talk = useRef<HTMLDivElement>(null);
  const scroll = useLogScroll(items, outgoing.length, me.memberId);
  return (
    <div className="log-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section ref={scroll.ref} className="log" onScroll={scroll.onScroll} tabIndex={0} aria-label={words.messages}>
        {snapshot.hasEarlier && (
          <Button className="earlier" size="small" loading={snapshot.loadingEarlier} onClick={() => room.loadEarlier()}>
            {words.earlier}
          </Button>
        )}
        <LogState room={room} snapshot={snapshot} />
        <div
          ref={talk}
          role="log"
          aria-label={words.visitor(row.handle)}
          aria-busy={snapshot.loadingEarlier || snapshot.status === 'loading'}
        >
          <RevealingMessages row={row} record={talk}>
            {blocks.map((block) => (
              <Block key={block.key} block={block} row={row} snapshot={snapshot} {...(undo && { undo })} />
            ))}
          </RevealingMessages>
          <OutgoingMessages room={room} snapshot={snapshot} />
        </div>
        <TypingLine snapshot={snapshot} />
      </section>
      {!scroll.atEnd && (
        <Button className="to-newest" size="small" icon={<DownOutlined aria-hidden />} onClick={scroll.toEnd}>
          {scroll.news > 0 ? places.newMessages(scroll.news) : words.toNewest}
        </Button>
      )}
    </div>
  );
}

function LogState({ room, snapshot }: Pick<LogProps, 'room' | 'snapshot'>) {
  const words = useWords();
  if (snapshot.status === 'loading' || snapshot.status === 'idle') {
    return (
      <div className="log-skeleton" aria-hidden>
        <span className="skeleton" />
        <span className="skeleton skeleton-own" />
        <span className="skeleton" />
      </div>
    );
  }
  if (snapshot.status === 'failed') {
    return (
      <div className="list-message" role="alert">
        <p>{errorText(snapshot.error, words)}</p>
        <Button onClick={() => room.enter(0)}>{words.retry}</Button>
      </div>
    );
  }
  const nothing = snapshot.items.length === 0 && snapshot.outgoing.length === 0;
  return nothing ? <p className="list-message">{words.noMessages}</p> : null;
}

interface BlockProps {
  readonly block: LogBlock;
  /** The last act of this member, where it can be taken back. */
  readonly undo?: { readonly of: number; readonly run: () => void };
  readonly row: ConversationSummary;
  readonly snapshot: RoomSnapshot;
}

function Block({ block, row, snapshot, undo }: BlockProps) {
  const words = useWords();
  const now = useNow();
  if (block.type === 'day') return <p className="log-line meta">{dayHeading(block.at, now, words.locale, words)}</p>;
  if (block.type === 'unread') return <p className="log-line unread-line">{words.newBelow}</p>;
  if (block.type === 'activity') {
    return <ActivityLine item={block.item} {...(undo?.of === block.item.revision && { onUndo: undo.run })} />;
  }
  return <MessageGroup side={block.side} items={block.items} row={row} visitor={snapshot.visitor} />;
}

function TypingLine({ snapshot }: Pick<LogProps, 'snapshot'>) {
  const words = useWords();
  return <p className="typing-line meta">{snapshot.visitorTypes && words.visitorTyping}</p>;
}
