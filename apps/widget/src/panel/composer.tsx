import { LIMITS } from '@libs/contracts';
import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icons.js';
import { usePanelState, useSession, useWords } from './panel-context.js';
import { characters } from './text-format.js';

const LIMIT = LIMITS.messageCharacters;
const COUNT_FROM = 9_000;
const LINE = 24;
const MOST_LINES = 5;
const SPOKEN_LEFT = [0, 100, 500];

export function Composer(): JSX.Element {
  const session = useSession();
  const words = useWords();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useText(field);
  const used = characters(text.trim());
  const tooLong = used > LIMIT;
  const send = (event: Event) => {
    event.preventDefault();
    if (used === 0 || tooLong) return;
    session.send(text.trim());
    setText('');
    field.current?.focus();
  };
  return (
    <form class="composer" onSubmit={send}>
      <Counter used={used} />
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          aria-label={words.input}
          aria-invalid={tooLong}
          aria-describedby="count"
          placeholder={words.input}
          enterkeyhint="send"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => meansSend(event) && send(event)}
        />
        <button type="submit" class="send" aria-label={words.send} aria-disabled={used === 0 || tooLong}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

/** 229: some browsers end the composition before they report the Enter that confirmed it. */
function meansSend(event: TargetedKeyboardEvent<HTMLTextAreaElement>): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}

/** The text, its growing field, and where it comes from besides the keys: a refused message taken back. */
function useText(field: { readonly current: HTMLTextAreaElement | null }) {
  const session = useSession();
  const { shownTimes, draft } = usePanelState();
  const [text, setText] = useState('');
  useGrowing(field, text);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the conversation opens after agreeing
  useEffect(() => {
    if (shownTimes > 0 && session.isNew) field.current?.focus();
  }, []);
  useEffect(() => {
    if (draft === undefined) return;
    setText((written) => (written ? `${draft}\n${written}` : draft));
    field.current?.focus();
    session.draftTaken();
  }, [draft, session, field]);
  useEffect(() => {
    if (text) session.chat.typed();
  }, [text, session]);
  return [text, setText] as const;
}

function Counter({ used }: { readonly used: number }): JSX.Element {
  const words = useWords();
  const left = LIMIT - used;
  const spoken = SPOKEN_LEFT.find((mark) => left <= mark);
  const tooLong = left < 0;
  return (
    <>
      <p id="count" class={tooLong ? 'count error-text' : 'count'}>
        {tooLong
          ? words.tooLong(used, LIMIT)
          : used >= COUNT_FROM
            ? words.count(used.toLocaleString(), LIMIT.toLocaleString())
            : ''}
      </p>
      <p class="for-readers" role="status">
        {spoken === undefined || tooLong ? '' : words.left(spoken)}
      </p>
    </>
  );
}

/** Measured again with the frame's own size: a panel that was loaded hidden has no width, and each letter a line. */
function useGrowing(field: { readonly current: HTMLTextAreaElement | null }, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const grow = () => {
      const element = field.current!;
      element.style.height = 'auto';
      const padding = element.offsetHeight - element.clientHeight + 20;
      element.style.height = `${Math.min(element.scrollHeight + 2, LINE * MOST_LINES + padding)}px`;
    };
    grow();
    addEventListener('resize', grow);
    return () => removeEventListener('resize', grow);
  }, [text]);
}
