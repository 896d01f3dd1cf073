import { REVEAL_REASONS, type RevealReason } from '@libs/contracts';
import { Button } from 'antd';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { errorText } from '../words/error-text.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { ReasonField } from './reason-field.js';
import type { GivenReason } from './reveal-state.js';

interface FormProps {
  readonly label: string;
  readonly error?: unknown;
  readonly onReason: (given: GivenReason) => void;
  readonly onCancel: () => void;
}

/** At the field: why, said before anything is shown. */
export function RevealForm({ label, error, onReason, onCancel }: FormProps) {
  const words = useWords();
  const personal = usePersonalWords();
  const [reason, setReason] = useState<RevealReason>('conversation');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const lacksNote = reason === 'other' && note.trim() === '';
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (lacksNote) text.current?.focus();
    else onReason(reason === 'other' ? { reason, note: note.trim() } : { reason });
  }
  function cancelByKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onCancel();
  }
  return (
    <form className="reveal-form" aria-label={personal.revealField(label)} onSubmit={submit} onKeyDown={cancelByKey}>
      <p className="reveal-recorded">{personal.willRecord}</p>
      {error !== undefined && (
        <p role="alert" className="form-fault">
          {errorText(error, words)}
        </p>
      )}
      <ReasonChoice reason={reason} onChange={setReason} />
      {reason === 'other' && (
        <ReasonField
          label={personal.reasonText}
          fault={tried && lacksNote ? personal.reasonTextMissing : null}
          value={note}
          field={text}
          onChange={setNote}
        />
      )}
      <RevealButtons onCancel={onCancel} />
    </form>
  );
}

interface ChoiceProps {
  readonly reason: RevealReason;
  readonly onChange: (reason: RevealReason) => void;
}

function ReasonChoice({ reason, onChange }: ChoiceProps) {
  const personal = usePersonalWords();
  const name = useId();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <fieldset className="reveal-reasons">
      <legend>{personal.whyReveal}</legend>
      {REVEAL_REASONS.map((each) => (
        <label key={each} className="check">
          <input
            ref={each === 'conversation' ? first : undefined}
            type="radio"
            name={name}
            checked={reason === each}
            onChange={() => onChange(each)}
          />
          {personal.reasons[each]}
        </label>
      ))}
    </fieldset>
  );
}

function RevealButtons({ onCancel }: { readonly onCancel: () => void }) {
  const personal = usePersonalWords();
  return (
    <div className="button-row">
      <Button type="primary" size="small" htmlType="submit">
        {personal.reveal}
      </Button>
      <Button size="small" onClick={onCancel}>
        {personal.cancel}
      </Button>
    </div>
  );
}
