import type { ReactNode } from 'react';
import type { Form, Values } from './use-form.js';
import './forms.css';

type TickName<V extends Values> = { [K in keyof V]: V[K] extends boolean ? K : never }[keyof V] & string;

interface CheckFieldProps<V extends Values> {
  readonly form: Form<V>;
  readonly name: TickName<V>;
  readonly label: string;
  readonly hint?: string;
  readonly needed?: boolean;
  readonly children?: ReactNode;
}

/** A box to tick; never ticked beforehand. */
export function CheckField<V extends Values>(props: CheckFieldProps<V>) {
  const { form, name, label, hint, needed = false, children } = props;
  const fault = form.faults[name] ?? '';
  const described = [fault !== '' && `${name}-error`, hint && `${name}-hint`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label className="check">
        <input
          id={name}
          type="checkbox"
          checked={form.values[name] as boolean}
          aria-invalid={fault !== ''}
          aria-describedby={described === '' ? undefined : described}
          {...(needed ? { 'aria-required': true } : {})}
          onChange={(event) => form.set(name, event.target.checked as V[TickName<V>])}
        />
        <span>
          {label}
          {needed && (
            <span className="field-star" aria-hidden>
              *
            </span>
          )}
        </span>
      </label>
      {children}
      {fault !== '' && (
        <p id={`${name}-error`} className="field-error">
          {fault}
        </p>
      )}
      {hint && (
        <p id={`${name}-hint`} className="form-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
