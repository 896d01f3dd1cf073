import { type ConversationSummary, LIMITS } from '@libs/contracts';
import { Button } from 'antd';
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';
import { useKeys } from '../live/keys.js';
import { line } from '../live/live-session.js';
import { useMe } from '../session/session.js';
import { useLineState } from '../shell/connection-bar.js';
import { useOtherWords, useWords } from '../words/use-words.js';
import type { Words } from '../words/vocabulary.js';
import { CharacterCounter } from './character-counter.js';
import { ColleaguesHere } from './colleagues-here.js';
import { composerWished } from './composer-wish.js';
import type { Act } from './conversation-acts.js';
import type { ConversationRoom, RoomSnapshot } from './conversation-room.js';
import { DraftConflict } from './draft-conflict.js';
import type { OutgoingKind } from './outgoing-queue.js';
import { TypingSignal } from './typing-signal.js';

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
      <DraftConflict room={room} />
      {blocked === '' ? (
        <Editor room={room} mode={mode} text={draft[mode]} fieldRef={field} />
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
  return (
    <button type="button" className="mode" aria-pressed={on} aria-keyshortcuts={keys} title={keys} onClick={onPress}>
      {label}
    </button>
  );
}

interface EditorProps {
  readonly room: ConversationRoom;
  readonly mode: OutgoingKind;
  readonly text: string;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
}

function useEditor({ room, mode, text }: Omit<EditorProps, 'fieldRef'>) {
  const signal = useMemo(() => new TypingSignal((typing) => line.typing(room.id, typing)), [room]);
  const length = text.trim().length;
  const sendable = length > 0 && length <= LIMITS.messageCharacters;
  const write = (next: string) => {
    room.write(mode, next);
    // A note is nobody's business but the team's: the visitor must not see that somebody types.
    if (mode === 'message') signal.typed(next !== '');
  };
  const send = () => {
    if (!sendable) return;
    room.send(mode, text.trim());
    signal.typed(false);
  };
  return { length, sendable, write, send };
}

function Editor({ room, mode, text, fieldRef }: EditorProps) {
  const words = useWords();
  const state = useLineState();
  const { length, sendable, write, send } = useEditor({ room, mode, text });
  useAutoGrow(fieldRef, text);
  useEffect(() => {
    if (composerWished(room.id)) fieldRef.current?.focus();
  }, [room, fieldRef]);
  const placeholder = mode === 'note' ? words.notePlaceholder : words.replyPlaceholder;
  const up = state === 'online' || state === 'restored' || state === 'connecting';
  return (
    <>
      <textarea
        ref={fieldRef}
        dir="auto"
        rows={1}
        value={text}
        placeholder={placeholder}
        aria-label={placeholder}
        aria-invalid={length > LIMITS.messageCharacters}
        aria-describedby="composer-hint"
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => pressed(event, send)}
      />
      <div className="composer-foot">
        <span id="composer-hint" className="meta composer-hint">
          {words.enterSends}
        </span>
        <CharacterCounter length={length} />
        <Button type="primary" className="send" disabled={!sendable} onClick={send}>
          {up ? (mode === 'note' ? words.addNote : words.send) : words.sendQueued}
        </Button>
      </div>
    </>
  );
}

function pressed(event: KeyboardEvent<HTMLTextAreaElement>, send: () => void): void {
  // keyCode 229: Safari reports the Enter that ends a composition without isComposing.
  if (event.nativeEvent.isComposing || event.keyCode === 229) return;
  if (event.key === 'Escape') event.currentTarget.blur();
  if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
  event.preventDefault();
  send();
}

/** One to ten lines. */
function useAutoGrow(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [field, text]);
}
