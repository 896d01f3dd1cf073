import { LIMITS } from '@libs/contracts';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icons.js';
import { usePanelState, useSession, useWords } from './panel-context.js';
import { RichText } from './rich-text.js';
import { characters, isEmojiOnly, phoneText, timeText } from './text-format.js';
import { remedyFor } from './transport/refusals.js';
import type { ShownMessage } from './transport/snapshot.js';
import { failureText } from './words.js';

const PAGE = 100;
const NEAR_END = 80;
const LONG_TEXT = 900;
const LONG_LINES = 20;

export function MessageList(): JSX.Element {
  const words = useWords();
  const { chat, settings, locale } = usePanelState();
  const [count, setCount] = useState(PAGE);
  const last = chat.messages.at(-1);
  const { box, away, toEnd } = useStickToEnd(last && last.key + last.state, chat.agentTyping);
  const greeting = settings?.greeting[locale] ?? Object.values(settings?.greeting ?? {})[0];
  const visible = chat.messages.slice(-count);
  return (
    <div class="log-frame">
      <div
        class="log scroll"
        ref={box}
        role="log"
        aria-label={words.log}
        aria-busy={chat.line === 'connecting' && visible.length === 0}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
      >
        {chat.messages.length > visible.length ? (
          <button type="button" class="link centre" onClick={() => setCount(count + PAGE)}>
            {words.earlier}
          </button>
        ) : greeting ? (
          <p class="bubble in" dir="auto">
            <RichText text={greeting} />
          </p>
        ) : null}
        {visible.map((message, at) => (
          <MessageRow key={message.key} message={message} next={visible[at + 1]} />
        ))}
        {chat.agent?.state === 'resolved' ? <p class="event">{words.resolved}</p> : null}
      </div>
      {chat.agentTyping ? <TypingLine /> : null}
      {away ? <ToEnd onPress={toEnd} /> : null}
    </div>
  );
}

function ToEnd({ onPress }: { readonly onPress: () => void }): JSX.Element {
  return (
    <button type="button" class="to-end" aria-label={useWords().latest} onClick={onPress}>
      <Icon name="down" />
    </button>
  );
}

function TypingLine(): JSX.Element {
  return (
    <p class="typing">
      {useWords().typing}
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
    </p>
  );
}

/** New messages pull the view down only when the reader is at the end already. */
function useStickToEnd(lastKey: string | undefined, typing: boolean) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [away, setAway] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
      setAway(!atEnd.current);
    };
    const resized = new ResizeObserver(() => atEnd.current && scrollToEnd(element));
    element.addEventListener('scroll', measure, { passive: true });
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      resized.disconnect();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when a message or the typing sign appears, and when the last message grows: why it was not sent
  useLayoutEffect(() => {
    if (atEnd.current || lastKey?.startsWith('o')) scrollToEnd(box.current);
  }, [lastKey, typing]);
  return { box, away, toEnd: () => scrollToEnd(box.current) };
}

function scrollToEnd(element: HTMLElement | null): void {
  element?.scrollTo({ top: element.scrollHeight });
}

interface RowProps {
  readonly message: ShownMessage;
  readonly next: ShownMessage | undefined;
}

function MessageRow({ message, next }: RowProps): JSX.Element {
  const words = useWords();
  const mine = message.from === 'visitor';
  const who = mine ? words.you : (message.name ?? words.agentName);
  const failed = message.state === 'failed';
  const endOfGroup =
    failed || !next || next.from !== message.from || next.state !== message.state || next.name !== message.name;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of sender, text and state inside a log, not a form's
    <div class={mine ? 'row mine' : 'row'} role="group" aria-label={who}>
      <MessageText text={message.text} mine={mine} />
      {failed ? <FailedLine message={message} /> : <MetaLine message={message} who={who} shown={endOfGroup} />}
    </div>
  );
}

function MessageText({ text, mine }: { readonly text: string; readonly mine: boolean }): JSX.Element {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const long = text.length > LONG_TEXT || text.split('\n', LONG_LINES + 1).length > LONG_LINES;
  return (
    <div class={`bubble ${mine ? 'out' : 'in'}${isEmojiOnly(text) ? ' emoji' : ''}`}>
      <p class={long && !open ? 'text folded' : 'text'} dir="auto">
        <RichText text={text} />
      </p>
      {long ? (
        <button type="button" class="link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? words.fold : words.unfold}
        </button>
      ) : null}
    </div>
  );
}

interface MetaProps {
  readonly message: ShownMessage;
  readonly who: string;
  readonly shown: boolean;
}

function MetaLine({ message, who, shown }: MetaProps): JSX.Element {
  const words = useWords();
  const { locale } = usePanelState();
  const mine = message.from === 'visitor';
  return (
    <p class={shown ? 'meta' : 'meta for-readers'}>
      {mine ? null : <bdi>{who}</bdi>}
      <time dateTime={new Date(message.at).toISOString()}>{timeText(message.at, Date.now(), locale)}</time>
      {mine && message.state !== 'failed' ? <span>{words[message.state]}</span> : null}
    </p>
  );
}

function FailedLine({ message }: { readonly message: ShownMessage }): JSX.Element {
  const session = useSession();
  const words = useWords();
  const { settings } = usePanelState();
  const why = failureText(
    words,
    message.code,
    phoneText(settings?.phone ?? ''),
    LIMITS.messageCharacters,
    characters(message.text),
  );
  return (
    <div class="failed">
      <p class="meta error-text" role="alert">
        <Icon name="alert" />
        <strong>{words.failed}</strong>
        <span class="why">{why}</span>
      </p>
      {message.code && remedyFor(message.code) === 'message' ? (
        <button type="button" class="small" onClick={() => session.edit(message.key)}>
          {words.edit}
        </button>
      ) : (
        <button type="button" class="small" onClick={() => session.chat.retry(message.key)}>
          {words.retry}
        </button>
      )}
      <button type="button" class="small" onClick={() => session.chat.remove(message.key)}>
        {words.remove}
      </button>
    </div>
  );
}
