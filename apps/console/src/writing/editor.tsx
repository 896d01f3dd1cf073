import { MessageOutlined, UserAddOutlined } from '@ant-design/icons';
import { type ConversationSnooze, type ConversationSummary, LIMITS } from '@libs/contracts';
import { type KeyboardEvent, type RefObject, useEffect, useId, useLayoutEffect, useState } from 'react';
import { CharacterCounter } from '../conversations/character-counter.js';
import { composerWished } from '../conversations/composer-wish.js';
import type { Act } from '../conversations/conversation-acts.js';
import type { ConversationRoom } from '../conversations/conversation-room.js';
import type { OutgoingKind } from '../conversations/outgoing-queue.js';
import { SnoozeDialog } from '../conversations/snooze-dialog.js';
import { APPLE } from '../live/keys.js';
import { useOwnPreferences } from '../preferences/own-preferences.js';
import { useScheduledWords } from '../scheduled/words/use-scheduled-words.js';
import { useLineState } from '../shell/connection-bar.js';
import { useWords } from '../words/use-words.js';
import { useWritingWords } from '../words/writing/use-writing-words.js';
import { DraftWarning } from './draft-warning.js';
import { SendButton } from './send-button.js';
import { SuggestionList } from './suggestion-list.js';
import { useSending } from './use-sending.js';
import { type Suggestions, select, useSuggestions } from './use-suggestions.js';
import './writing.css';

interface EditorProps {
  readonly row: ConversationSummary;
  readonly room: ConversationRoom;
  readonly act: Act;
  readonly mode: OutgoingKind;
  readonly text: string;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  /** The text is to go out at another time. */
  readonly onLater: (text: string, wish: ConversationSnooze) => void;
}

type Sending = ReturnType<typeof useSending>;

/** Where a reply or a note is written. */
export function Editor({ row, room, act, mode, text, fieldRef, onLater }: EditorProps) {
  const sending = useSending({ room, mode, text, act, onLater });
  const { write, choose } = sending;
  const suggestions = useSuggestions({ row, mode, text, field: fieldRef, write, onNamed: choose });
  useAutoGrow(fieldRef, text);
  useEffect(() => {
    if (composerWished(room.id)) fieldRef.current?.focus();
  }, [room, fieldRef]);
  return (
    <>
      <Field {...{ mode, text, fieldRef, sending, suggestions }} />
      <Remarks text={text} sending={sending} />
      <Foot row={row} mode={mode} sending={sending} suggestions={suggestions} />
    </>
  );
}

interface FieldProps extends Pick<EditorProps, 'mode' | 'text' | 'fieldRef'> {
  readonly sending: Sending;
  readonly suggestions: Suggestions;
}

function Field({ mode, text, fieldRef, sending, suggestions }: FieldProps) {
  const words = useWords();
  const id = useId();
  const { sendKey } = useOwnPreferences();
  const placeholder = mode === 'note' ? words.notePlaceholder : words.replyPlaceholder;
  const active = suggestions.found[suggestions.active];
  const shown = suggestions.trigger !== undefined;
  return (
    <div className="composer-field">
      <SuggestionList id={id} suggestions={suggestions} />
      <textarea
        ref={fieldRef}
        dir="auto"
        rows={1}
        value={text}
        placeholder={placeholder}
        aria-label={placeholder}
        aria-invalid={sending.length > LIMITS.messageCharacters}
        aria-describedby="composer-hint composer-open"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        {...(shown ? { 'aria-controls': id } : {})}
        {...(shown && active ? { 'aria-activedescendant': `${id}-${active.id}` } : {})}
        onChange={({ target }) => {
          sending.write(target.value);
          suggestions.look(target.value, target.selectionStart);
        }}
        onClick={(event) => suggestions.look(text, event.currentTarget.selectionStart)}
        onBlur={suggestions.close}
        onKeyDown={(event) => pressed(event, { sending, suggestions, enterSends: sendKey === 'enter' })}
      />
    </div>
  );
}

interface Pressed {
  readonly sending: Sending;
  readonly suggestions: Suggestions;
  readonly enterSends: boolean;
}

function pressed(event: KeyboardEvent<HTMLTextAreaElement>, { sending, suggestions, enterSends }: Pressed): void {
  // keyCode 229: Safari reports the Enter that ends a composition without isComposing.
  if (event.nativeEvent.isComposing || event.keyCode === 229) return;
  if (suggestions.press(event)) return;
  const { key, shiftKey, altKey, currentTarget: area } = event;
  const mod = APPLE ? event.metaKey : event.ctrlKey;
  if (key === 'Escape') leave(area);
  if (key === 'Tab' && !shiftKey && !altKey && !mod && toNextVariable(area, sending)) event.preventDefault();
  if (key !== 'Enter' || altKey) return;
  if (mod && shiftKey) sending.send('resolve');
  else if (mod || (enterSends && !shiftKey)) sending.send();
  else return;
  event.preventDefault();
}

/** To the messages above it: a focus that is nowhere is seen nowhere. */
function leave(area: HTMLTextAreaElement): void {
  area.blur();
  area.closest('[data-screen]')?.querySelector<HTMLElement>('.log[tabindex]')?.focus();
}

/** On to the next variable that is not filled in, round and round; false where there is none. */
function toNextVariable(area: HTMLTextAreaElement, { open }: Sending): boolean {
  const next = open.find(({ start }) => start >= area.selectionEnd) ?? open[0];
  if (!next) return false;
  select(area, [next.start, next.end]);
  return true;
}

/** What holds the text back, and what it does besides being said. */
function Remarks({ text, sending }: { readonly text: string; readonly sending: Sending }) {
  const words = useWritingWords();
  const { open, named } = sending;
  const names = [...new Set(open.map(({ name }) => words.variables[name]))];
  return (
    <>
      <p id="composer-open" className="composer-remark" role="status" hidden={open.length === 0}>
        {open.length > 0 && words.unfilled(names.join(words.listed))}
        {open.some(({ name }) => name === 'contact.name') && ` ${words.nameNotPlain}`}
      </p>
      {named.length > 0 && (
        <p className="composer-remark composer-named">
          {named.map(({ id, name }) => (
            <bdi key={id}>@{name}</bdi>
          ))}
          <span className="meta">{words.mayReadNow}</span>
        </p>
      )}
      <DraftWarning text={text} sendable={sending.sendable} onMask={sending.mask} onSendAnyway={sending.sendAnyway} />
    </>
  );
}

interface FootProps {
  readonly row: ConversationSummary;
  readonly mode: OutgoingKind;
  readonly sending: Sending;
  readonly suggestions: Suggestions;
}

function Foot({ row, mode, sending, suggestions }: FootProps) {
  const words = useWords();
  const writing = useWritingWords();
  const state = useLineState();
  const { sendKey } = useOwnPreferences();
  const later = useScheduledWords();
  const [asking, setAsking] = useState<'snooze' | 'later'>();
  const up = state === 'online' || state === 'restored' || state === 'connecting';
  const note = mode === 'note';
  const mod = APPLE ? '⌘' : 'Ctrl+';
  const resolve = { name: 'resolve', keys: `${mod}Shift+Enter`, run: () => sending.send('resolve') };
  const ways = note
    ? [{ ...resolve, label: writing.noteAndResolve }]
    : [
        { ...resolve, label: writing.sendAndResolve },
        { name: 'snooze', label: writing.sendAndSnooze, run: () => setAsking('snooze') },
        { name: 'later', label: later.sendLater, run: () => setAsking('later') },
      ];
  return (
    <div className="composer-foot">
      <span className="composer-tools">
        <Tool
          label={writing.cannedButton}
          icon={<MessageOutlined aria-hidden />}
          onPress={() => suggestions.open('/')}
        />
        {note && (
          <Tool
            label={writing.mentionButton}
            icon={<UserAddOutlined aria-hidden />}
            onPress={() => suggestions.open('@')}
          />
        )}
      </span>
      <span id="composer-hint" className="meta composer-hint">
        {sendKey === 'enter' ? words.enterSends : `${mod}Enter`}
      </span>
      <CharacterCounter length={sending.length} />
      <SendButton
        label={up ? (note ? words.addNote : words.send) : words.sendQueued}
        disabled={!sending.sendable}
        onSend={() => sending.send()}
        ways={row.state === 'resolved' ? [] : ways}
      />
      {asking === 'snooze' && (
        <SnoozeDialog onSnooze={(wish) => sending.send(wish)} onClose={() => setAsking(undefined)} />
      )}
      {asking === 'later' && (
        <SnoozeDialog
          wording={later}
          onSnooze={(wish) => sending.send({ later: wish })}
          onClose={() => setAsking(undefined)}
        />
      )}
    </div>
  );
}

interface ToolProps {
  readonly label: string;
  readonly icon: React.ReactNode;
  readonly onPress: () => void;
}

function Tool({ label, icon, onPress }: ToolProps) {
  return (
    <button type="button" className="composer-tool" aria-label={label} title={label} onClick={onPress}>
      {icon}
    </button>
  );
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
