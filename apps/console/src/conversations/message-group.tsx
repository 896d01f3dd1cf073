import { FileTextOutlined } from '@ant-design/icons';
import type { ConversationSummary, DeliveryCursor } from '@libs/contracts';
import { type ReactNode, useState } from 'react';
import { useMe } from '../session/session.js';
import { Value } from '../values/value.js';
import { clockTime, exactTime, isEmojiOnly, safeText } from '../words/format.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { DeliveryState } from './delivery-state.js';
import type { Side, SpokenItem } from './log-layout.js';
import { PersonName } from './person-name.js';
import { StarredActs, StarredText } from './starred-message.js';
import { unreadValue } from './withheld-value.js';

interface GroupProps {
  readonly side: Side;
  readonly items: readonly SpokenItem[];
  readonly row: ConversationSummary;
  readonly visitor: DeliveryCursor;
}

export function MessageGroup({ side, items, row, visitor }: GroupProps) {
  const words = useWords();
  const me = useMe();
  const last = items.at(-1)!;
  const mine = last.author.id === me.memberId;
  return (
    <div className={`group group-${side}`}>
      {items.map((item) => (
        <Said key={item.revision} side={side} item={item} />
      ))}
      <p className="group-meta meta">
        {side === 'visitor' ? <PersonName row={row} /> : <bdi>{last.author.name ?? words.unknownColleague}</bdi>}
        <time dateTime={new Date(last.at).toISOString()} title={exactTime(last.at, Date.now(), words.locale)}>
          {clockTime(last.at, words.locale)}
        </time>
        {mine && last.seq !== null && <DeliveryState state={reached(last.seq, visitor)} />}
      </p>
    </div>
  );
}

/** What was said, or in its place why it is not shown. */
function Said({ side, item }: { readonly side: Side; readonly item: SpokenItem }) {
  const personal = usePersonalWords();
  const label = personal.field[`chat.${item.kind}`]!;
  if (item.withheld !== undefined) return <Value label={label} value={unreadValue(item.withheld)} compact />;
  if (item.masked) return <Value label={label} value={{ face: 'masked', value: item.text }} compact />;
  const { seq, text, hidden } = item;
  if (hidden !== undefined && seq !== null) {
    return (
      <Bubble side={side} text={text} seq={seq} below={<StarredActs seq={seq} />}>
        <StarredText seq={seq} text={text} hidden={hidden} />
      </Bubble>
    );
  }
  return <Bubble side={side} text={text} {...(seq === null ? {} : { seq })} />;
}

function reached(seq: number, visitor: DeliveryCursor): 'sent' | 'delivered' | 'read' {
  if (seq <= visitor.read) return 'read';
  return seq <= visitor.delivered ? 'delivered' : 'sent';
}

interface BubbleProps {
  readonly side: Side;
  readonly text: string;
  readonly pending?: boolean;
  /** Its place among the visible ones, for whoever points at it. */
  readonly seq?: number;
  /** In place of the text, where parts of it look otherwise. */
  readonly children?: ReactNode;
  readonly below?: ReactNode;
}

const FOLD_LINES = 20;
const FOLD_CHARACTERS = 1_400;

/** People's text, always as text. */
export function Bubble({ side, text, pending = false, seq, children, below }: BubbleProps) {
  const words = useWords();
  const long = text.length > FOLD_CHARACTERS || text.split('\n', FOLD_LINES + 1).length > FOLD_LINES;
  const [folded, setFolded] = useState(true);
  const look = ['bubble-text', isEmojiOnly(text) ? 'bubble-emoji' : '', long && folded ? 'bubble-folded' : ''];
  return (
    <div className={`bubble bubble-${side}`} data-pending={pending || undefined} data-seq={seq} tabIndex={-1}>
      {side === 'note' && (
        <p className="note-label meta">
          <FileTextOutlined aria-hidden />
          {words.internalNote}
        </p>
      )}
      <p className={look.join(' ').trim()} dir="auto">
        {children ?? safeText(text)}
      </p>
      {long && folded && (
        <button type="button" className="unfold" onClick={() => setFolded(false)}>
          {words.unfold}
        </button>
      )}
      {below}
    </div>
  );
}
