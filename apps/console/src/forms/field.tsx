import { cloneElement, type ReactElement, type ReactNode } from 'react';
import './forms.css';

interface Control {
  readonly id?: string;
  readonly status?: 'error' | '';
  readonly 'aria-invalid'?: boolean;
  readonly 'aria-required'?: boolean;
  readonly 'aria-describedby'?: string | undefined;
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly error: string;
  readonly hint?: string | undefined;
  /** Marked with a star; what is optional carries no mark. */
  readonly needed?: boolean;
  readonly children: ReactElement<Control>;
  /** Stands below: rules of a password, a button that belongs to the field. */
  readonly below?: ReactNode;
  /** Id of an element of `below` that describes the field too. */
  readonly belowId?: string;
}

/** Label, control and the sentences about it, tied together for readers. */
export function Field({ id, label, error, hint, needed = false, children, below, belowId }: FieldProps) {
  const failed = error !== '';
  const described = [failed && `${id}-error`, hint && `${id}-hint`, belowId].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {needed && (
          <span className="field-star" aria-hidden>
            *
          </span>
        )}
      </label>
      {cloneElement<Control>(children, {
        id,
        status: failed ? 'error' : '',
        'aria-invalid': failed,
        ...(needed ? { 'aria-required': true } : {}),
        'aria-describedby': described === '' ? undefined : described,
      })}
      {failed && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="form-hint">
          {hint}
        </p>
      )}
      {below}
    </div>
  );
}
