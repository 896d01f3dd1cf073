import { type InputHTMLAttributes, useState } from 'react';
import './forms.css';

const LENGTH = 6;
const PLACES = Array.from({ length: LENGTH }, (_, place) => place);

interface CodeBoxesProps
  extends Pick<
    InputHTMLAttributes<HTMLInputElement>,
    'id' | 'aria-invalid' | 'aria-describedby' | 'aria-required' | 'disabled'
  > {
  readonly value: string;
  readonly status?: 'error' | '';
  readonly onChange: (code: string) => void;
  readonly onComplete?: (code: string) => void;
}

/** Six boxes that are one field: pasted text, autofill and readers meet a single input. */
export function CodeBoxes({ value, status, onChange, onComplete, ...input }: CodeBoxesProps) {
  const [focused, setFocused] = useState(false);
  function take(text: string): void {
    const digits = text.normalize('NFKC').replace(/\D/g, '').slice(0, LENGTH);
    onChange(digits);
    if (digits.length === LENGTH && digits !== value) onComplete?.(digits);
  }
  return (
    <div className="code-boxes" data-focused={focused} data-status={status}>
      <input
        {...input}
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9]*"
        value={value}
        onChange={(event) => take(event.target.value)}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      />
      {PLACES.map((place) => (
        <span key={place} aria-hidden data-next={place === Math.min(value.length, LENGTH - 1)}>
          {value[place] ?? ''}
        </span>
      ))}
    </div>
  );
}
