import type { RevealReason } from '@libs/contracts';
import { Button } from 'antd';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { errorText } from '../words/error-text.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import type { GivenReason } from './reveal-state.js';

const REASONS: readonly RevealReason[] = ['conversation', 'ticket', 'identity-check', 'other'];
const LONGEST_NOTE = 200;

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
  const id = useId();
  const [reason, setReason] = useState<RevealReason>('conversation');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  useEffect(() => first.current?.focus(), []);
  const lacksNote = reason === 'other' && note.trim() === '';
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (lacksNote) text.current?.focus();
    else onReason(reason === 'other' ? { reason, note: note.trim() } : { reason });
  }
  return (
    <form
      className="reveal-form"
      aria-label={personal.revealField(label)}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <p className="reveal-recorded">{personal.willRecord}</p>
      {error !== undefined && (
        <p role="alert" className="form-fault">
          {errorText(error, words)}
        </p>
      )}
      <fieldset className="reveal-reasons">
        <legend>{personal.whyReveal}</legend>
        {REASONS.map((each) => (
          <label key={each} className="check">
            <input
              ref={each === 'conversation' ? first : undefined}
              type="radio"
              name={`${id}-reason`}
              checked={reason === each}
              onChange={() => setReason(each)}
            />
            {personal.reasons[each]}
          </label>
        ))}
      </fieldset>
      {reason === 'other' && (
        <div className="form-row">
          <label htmlFor={`${id}-note`}>{personal.reasonText}</label>
          <textarea
            id={`${id}-note`}
            ref={text}
            className="native-input"
            maxLength={LONGEST_NOTE}
            value={note}
            aria-invalid={tried && lacksNote}
            aria-describedby={tried && lacksNote ? `${id}-fault` : undefined}
            onChange={(event) => setNote(event.target.value)}
          />
          {tried && lacksNote && (
            <p id={`${id}-fault`} className="form-fault">
              {personal.reasonTextMissing}
            </p>
          )}
        </div>
      )}
      <div className="button-row">
        <Button type="primary" size="small" htmlType="submit">
          {personal.reveal}
        </Button>
        <Button size="small" onClick={onCancel}>
          {personal.cancel}
        </Button>
      </div>
    </form>
  );
}
