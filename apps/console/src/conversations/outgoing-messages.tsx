import { type AgentItem, LIMITS } from '@libs/contracts';
import { useLineState } from '../shell/connection-bar.js';
import { clockTime } from '../words/format.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useTeamWords } from '../words/team/use-team-words.js';
import { useWords } from '../words/use-words.js';
import type { Words } from '../words/vocabulary.js';
import { useWritingWords } from '../words/writing/use-writing-words.js';
import type { ConversationRoom, RoomSnapshot } from './conversation-room.js';
import { DeliveryState } from './delivery-state.js';
import { Bubble } from './message-group.js';
import type { Outgoing } from './outgoing-queue.js';

interface OutgoingProps {
  readonly room: ConversationRoom;
  readonly snapshot: RoomSnapshot;
}

/** What was written here and does not stand in the stream yet, in the order in which it goes out. */
export function OutgoingMessages({ room, snapshot }: OutgoingProps) {
  const shown = new Set(snapshot.items.flatMap((item) => ('number' in item ? [`${item.sender} ${item.number}`] : [])));
  const pending = snapshot.outgoing.filter((entry) => !shown.has(`${entry.sender} ${entry.number}`));
  return pending.map((entry) => <Pending key={entry.key} entry={entry} room={room} items={snapshot.items} />);
}

const CONSENT_ENDED = 'privacy.consent-required';

interface PendingProps {
  readonly entry: Outgoing;
  readonly room: ConversationRoom;
  readonly items: readonly AgentItem[];
}

function Pending({ entry, room, items }: PendingProps) {
  const words = useWords();
  const personal = usePersonalWords();
  const writing = useWritingWords();
  const side = entry.kind === 'note' ? 'note' : 'own';
  return (
    <div className={`group group-${side}`}>
      <Bubble side={side} text={entry.text} pending />
      <p className="group-meta meta">
        <time dateTime={new Date(entry.at).toISOString()}>{clockTime(entry.at, words.locale)}</time>
        <PendingState entry={entry} />
      </p>
      {entry.state === 'failed' && entry.overtakenBy && (
        <HeldReply entry={entry} by={entry.overtakenBy} room={room} items={items} />
      )}
      {entry.state === 'failed' && !entry.overtakenBy && (
        <div className="failed-line" role="alert">
          <span>
            {entry.code === CONSENT_ENDED
              ? personal.whyWithdrawn('')
              : (writing.refusals[entry.code ?? ''] ?? reason(entry, words))}
          </span>
          <button type="button" className="plain-button" onClick={() => room.retry(entry.key)}>
            {words.retry}
          </button>
          <button type="button" className="plain-button" onClick={() => room.discard(entry.key)}>
            {words.discard}
          </button>
        </div>
      )}
    </div>
  );
}

interface HeldProps extends PendingProps {
  readonly by: { readonly memberId: string; readonly seq: number };
}

/** A colleague was quicker: their reply is read first, or ours goes out all the same. */
function HeldReply({ entry, by, room, items }: HeldProps) {
  const words = useWords();
  const work = useTeamWords();
  const theirs = items.find(({ seq }) => seq === by.seq);
  return (
    <div className="failed-line" role="alert">
      <span>{work.colleagueReplied(theirs?.author.name ?? words.unknownColleague)}</span>
      {theirs && (
        <button type="button" className="plain-button" onClick={() => lookAt(by.seq)}>
          {work.look}
        </button>
      )}
      <button type="button" className="plain-button" onClick={() => room.retry(entry.key)}>
        {work.sendAnyway}
      </button>
      <button type="button" className="plain-button" onClick={() => room.discard(entry.key)}>
        {words.discard}
      </button>
    </div>
  );
}

function lookAt(seq: number): void {
  const bubble = document.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
  bubble?.focus();
  bubble?.scrollIntoView({ block: 'center' });
}

function PendingState({ entry }: { readonly entry: Outgoing }) {
  const line = useLineState();
  const up = line === 'online' || line === 'restored';
  if (entry.state === 'waiting') return <DeliveryState state={up ? 'sending' : 'waiting'} />;
  return <DeliveryState state={entry.state} />;
}

function reason(entry: Outgoing, words: Words): string {
  if (entry.code === 'chat.message-too-long') return words.tooLong(entry.text.length, LIMITS.messageCharacters);
  if (entry.code === 'chat.conversation-not-found') return words.notFound;
  if (entry.code === 'chat.not-open') return words.resolvedNoReply;
  if (entry.code === 'chat.not-yours' || entry.code === 'chat.take-over-first') return words.takeToReply;
  return words.failed('');
}
