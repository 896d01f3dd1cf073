import { FileTextOutlined } from '@ant-design/icons';
import type { DeliveryCursor } from '@libs/contracts';
import { useState } from 'react';
import { useMe } from '../session/session.js';
import { Value } from '../values/value.js';
import { clockTime, exactTime, isEmojiOnly, safeText } from '../words/format.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { momentText } from '../words/states/moment-text.js';
import { useStateWords } from '../words/states/use-state-words.js';
import { useTeamWords } from '../words/team/use-team-words.js';
import type { TeamWords } from '../words/team/vocabulary.js';
import { useWords } from '../words/use-words.js';
import type { Words } from '../words/vocabulary.js';
import { DeliveryState } from './delivery-state.js';
import type { ActivityItem, Side, SpokenItem } from './log-layout.js';
import { unreadValue } from './withheld-value.js';

interface GroupProps {
  readonly side: Side;
  readonly items: readonly SpokenItem[];
  readonly handle: string;
  readonly visitor: DeliveryCursor;
}

export function MessageGroup({ side, items, handle, visitor }: GroupProps) {
  const words = useWords();
  const me = useMe();
  const last = items.at(-1)!;
  const mine = last.author.id === me.memberId;
  const author = side === 'visitor' ? words.visitor(handle) : (last.author.name ?? words.unknownColleague);
  return (
    <div className={`group group-${side}`}>
      {items.map((item) => (
        <Said key={item.revision} side={side} item={item} />
      ))}
      <p className="group-meta meta">
        <bdi>{author}</bdi>
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
  return <Bubble side={side} text={item.text} {...(item.seq === null ? {} : { seq: item.seq })} />;
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
}

const FOLD_LINES = 20;
const FOLD_CHARACTERS = 1_400;

/** People's text, always as text. */
export function Bubble({ side, text, pending = false, seq }: BubbleProps) {
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
        {safeText(text)}
      </p>
      {long && folded && (
        <button type="button" className="unfold" onClick={() => setFolded(false)}>
          {words.unfold}
        </button>
      )}
    </div>
  );
}

/** Who gave it to whom; without a member it is the author who has it, or had it. */
function handed(item: ActivityItem, by: string, words: Words, work: TeamWords): string {
  if (!('member' in item) || item.member === undefined) {
    return item.kind === 'assigned' ? words.assignedTo(by) : words.releasedBy(by);
  }
  const name = item.member.name ?? words.unknownColleague;
  if (item.kind === 'assigned') return work.handedTo(by, name);
  return item.member.id === item.author.id ? work.putBack(by) : work.tookBack(by, name);
}

export function ActivityLine({ item }: { readonly item: ActivityItem }) {
  const words = useWords();
  const work = useTeamWords();
  const states = useStateWords();
  const name = item.author.name ?? words.unknownColleague;
  const said = {
    taken: () => words.taken(name),
    resolved: () => words.resolvedBy(name),
    reopened: () => (item.author.kind === 'visitor' ? words.visitorReopened : words.reopenedBy(name)),
    snoozed: () => states.snoozedBy(name, 'until' in item ? momentText(item.until, Date.now(), words.locale) : ''),
    woken: () => (item.author.kind === 'visitor' ? states.snoozeOver : states.wokenBy(name)),
    assigned: () => handed(item, name, words, work),
    released: () => handed(item, name, words, work),
    erased: () => words.erasedContent,
  }[item.kind]();
  return (
    <p className="log-line meta" data-activity={item.kind}>
      {said} <time dateTime={new Date(item.at).toISOString()}>{clockTime(item.at, words.locale)}</time>
    </p>
  );
}
