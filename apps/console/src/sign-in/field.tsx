import { cloneElement, type ReactElement } from 'react';

interface Control {
  readonly id?: string;
  readonly status?: 'error' | '';
  readonly 'aria-invalid'?: boolean;
  readonly 'aria-describedby'?: string | undefined;
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly error: string;
  readonly children: ReactElement<Control>;
}

/** Label, control and the sentence about it, tied together for readers. */
export function Field({ id, label, error, children }: FieldProps) {
  const failed = error !== '';
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {cloneElement<Control>(children, {
        id,
        status: failed ? 'error' : '',
        'aria-invalid': failed,
        'aria-describedby': failed ? `${id}-error` : undefined,
      })}
      {failed && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
    </div>
  );
}
