import type { ConversationSummary } from '@libs/contracts';
import { Button } from 'antd';
import { useRef, useSyncExternalStore } from 'react';
import { useKeys, useShownKey } from '../live/keys.js';
import { ScheduledReplies } from '../scheduled/scheduled-replies.js';
import { useScheduled } from '../scheduled/use-scheduled.js';
import { useMe } from '../session/session.js';
import { useOtherWords, useWords } from '../words/use-words.js';
import type { Words } from '../words/vocabulary.js';
import { Editor } from '../writing/editor.js';
import { useReadMentions } from '../writing/use-mentions.js';
import { ColleaguesHere } from './colleagues-here.js';
import type { Act } from './conversation-acts.js';
import type { ConversationRoom, RoomSnapshot } from './conversation-room.js';
import { DraftConflict } from './draft-conflict.js';
import type { OutgoingKind } from './outgoing-queue.js';

interface ComposerProps {
  readonly row: ConversationSummary;
  readonly room: ConversationRoom;
  readonly snapshot: RoomSnapshot;
  readonly act: Act;
}

/** Why a reply is not possible now; empty when it is. */
function replyBlock(row: ConversationSummary, memberId: string, words: Words): string {
  if (row.state === 'resolved') return words.resolvedNoReply;
  if (row.assigneeId === null) return words.takeToReply;
  return row.assigneeId === memberId ? '' : words.beingServed(row.assigneeName ?? words.unknownColleague);
}

export function Composer({ row, room, snapshot, act }: ComposerProps) {
  const words = useWords();
  const other = useOtherWords();
  const me = useMe();
  const draft = useSyncExternalStore(room.draft.subscribe, room.draft.get);
  const field = useRef<HTMLTextAreaElement>(null);
  const { mode } = draft;
  useReadMentions(room, snapshot);
  const scheduled = useScheduled(room, snapshot);
  const blocked = mode === 'message' ? replyBlock(row, me.memberId, words) : '';
  const turn = (next: OutgoingKind) => {
    room.draft.set({ ...room.draft.get(), mode: next });
    requestAnimationFrame(() => field.current?.focus());
  };
  useKeys({
    r: { does: words.reply, also: other.reply, run: () => turn('message') },
    i: { does: words.internalNote, also: other.internalNote, run: () => turn('note') },
  });
  return (
    <section className={`composer composer-${mode}`} aria-label={mode === 'note' ? words.internalNote : words.reply}>
      <div className="composer-tabs">
        <ModeButton on={mode === 'message'} label={words.reply} keys="R" onPress={() => turn('message')} />
        <ModeButton on={mode === 'note'} label={words.internalNote} keys="I" onPress={() => turn('note')} />
        <ColleaguesHere snapshot={snapshot} />
        <span className="visually-hidden" role="status">
          {mode === 'note' ? words.noteAnnounced : words.replyAnnounced}
        </span>
      </div>
      <ScheduledReplies scheduled={scheduled} onEdit={() => turn('message')} />
      <DraftConflict room={room} />
      {blocked === '' ? (
        <Editor
          key={`${room.id} ${mode}`}
          row={row}
          room={room}
          act={act}
          mode={mode}
          text={draft[mode]}
          onLater={scheduled.schedule}
          fieldRef={field}
        />
      ) : (
        <div className="composer-blocked">
          <p>{blocked}</p>
          {row.state === 'resolved' && (
            <Button onClick={() => act.mutate('reopen')} disabled={act.isPending}>
              {words.reopen}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

interface ModeButtonProps {
  readonly on: boolean;
  readonly label: string;
  readonly keys: string;
  readonly onPress: () => void;
}

function ModeButton({ on, label, keys, onPress }: ModeButtonProps) {
  const { text, ...aria } = useShownKey(keys);
  return (
    <button type="button" className="mode" aria-pressed={on} title={text} {...aria} onClick={onPress}>
      {label}
    </button>
  );
}
