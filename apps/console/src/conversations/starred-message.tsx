import { EyeInvisibleOutlined, LockOutlined } from '@ant-design/icons';
import type { CardNumber } from '@libs/contracts';
import { type ReactNode, useEffect, useRef } from 'react';
import { RevealForm } from '../values/reveal-form.js';
import { CopyValue, Countdown } from '../values/revealed-value.js';
import type { Reveals } from '../values/use-reveal.js';
import { errorText } from '../words/error-text.js';
import { safeText } from '../words/format.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { useMessageReveals } from './message-reveals.js';
import { usePlaceWords } from './words/use-place-words.js';

interface StarredProps {
  readonly seq: number;
  readonly text: string;
  readonly hidden: readonly CardNumber[];
}

/** The text of a message with stars in it, or for a minute the whole of it. */
export function StarredText({ seq, text, hidden }: StarredProps) {
  const reveals = useMessageReveals();
  if (typeof reveals === 'object' && reveals.state.phase === 'shown' && reveals.state.field === seq) {
    return <span className="value-revealed">{safeText(reveals.state.value)}</span>;
  }
  const parts: ReactNode[] = [];
  let after = 0;
  for (const { kind, start, end } of hidden) {
    parts.push(safeText(text.slice(after, start)));
    parts.push(<Stars key={start} kind={kind} mask={text.slice(start, end)} />);
    after = end;
  }
  return (
    <>
      {parts}
      {safeText(text.slice(after))}
    </>
  );
}

function Stars({ kind, mask }: { readonly kind: CardNumber['kind']; readonly mask: string }) {
  const personal = usePersonalWords();
  const places = usePlaceWords();
  const ending = /[0-9X]{4}$/.exec(mask)?.[0] ?? '';
  return (
    <span className="value-masked" title={`${places.numbers[kind]} · ${personal.masked}`}>
      <span aria-hidden className="value-mask">
        {mask} <EyeInvisibleOutlined />
      </span>
      <span className="visually-hidden">{personal.masksEnding(places.numbers[kind], ending)}</span>
    </span>
  );
}

/** Below it: the way to the whole, or why there is none. */
export function StarredActs({ seq }: Pick<StarredProps, 'seq'>) {
  const personal = usePersonalWords();
  const places = usePlaceWords();
  const reveals = useMessageReveals();
  if (reveals === 'take-over') return <p className="meta">{places.takeOverToReveal}</p>;
  if (reveals === 'no-permission') {
    return (
      <p className="meta" title={personal.whoCanGrant}>
        <LockOutlined aria-hidden /> {personal.noPermission}
        <span className="visually-hidden">{personal.whoCanGrant}</span>
      </p>
    );
  }
  return <Revealing seq={seq} reveals={reveals} />;
}

interface RevealingProps {
  readonly seq: number;
  readonly reveals: Reveals<number>;
}

function Revealing({ seq, reveals }: RevealingProps) {
  const words = useWords();
  const personal = usePersonalWords();
  const { numbersMessage: label } = usePlaceWords();
  const { state } = reveals;
  const own = state.phase !== 'hidden' && state.field === seq ? state : undefined;
  return (
    <div className="starred-acts">
      <div className="starred-line">
        <RevealButton label={label} phase={own?.phase ?? 'hidden'} reveals={reveals} seq={seq} />
        {own?.phase === 'shown' && <CopyValue label={label} value={own.value} />}
        {own?.phase === 'shown' && <Countdown until={own.hideAt} />}
      </div>
      {own?.phase === 'shown' && <span className="value-why">{personal.recorded(personal.reasons[own.reason])}</span>}
      <span role="status" className="visually-hidden">
        {own?.phase === 'shown' ? personal.announced(label) : ''}
      </span>
      {own?.phase === 'refused' && (
        <p role="alert" className="form-fault">
          {errorText(own.error, words)}
        </p>
      )}
      {own?.phase === 'asking' && (
        <RevealForm label={label} error={own.error} onReason={reveals.reason} onCancel={reveals.hide} />
      )}
    </div>
  );
}

type Phase = Reveals<number>['state']['phase'];

function RevealButton({
  label,
  phase,
  reveals,
  seq,
}: RevealingProps & { readonly label: string; readonly phase: Phase }) {
  const personal = usePersonalWords();
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef(phase);
  useEffect(() => {
    // The form went, and with it the focus: back to where it was opened.
    if (before.current === 'asking' && phase !== 'asking' && document.activeElement === document.body) {
      button.current?.focus();
    }
    before.current = phase;
  }, [phase]);
  const isShown = phase === 'shown';
  return (
    <button
      ref={button}
      type="button"
      className="text-act"
      aria-label={isShown ? personal.hideField(label) : personal.revealField(label)}
      aria-expanded={phase === 'asking'}
      aria-busy={phase === 'waiting'}
      onClick={() => (isShown || phase === 'asking' ? reveals.hide() : reveals.want(seq))}
    >
      {isShown ? personal.hide : personal.reveal}
    </button>
  );
}
