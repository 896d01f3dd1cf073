import { Input } from 'antd';
import { type HTMLInputTypeAttribute, type ReactNode, useState } from 'react';
import { useWords } from '../words/use-words.js';
import { Field } from './field.js';
import type { Form, Values } from './use-form.js';

/** Names of the fields of a form that hold text. */
export type TextName<V extends Values> = { [K in keyof V]: V[K] extends string ? K : never }[keyof V] & string;

export interface TextFieldProps<V extends Values> {
  readonly form: Form<V>;
  readonly name: TextName<V>;
  readonly label: string;
  readonly autoComplete?: string;
  readonly type?: HTMLInputTypeAttribute;
  readonly inputMode?: 'text' | 'tel' | 'email' | 'numeric';
  readonly hint?: string | undefined;
  readonly needed?: boolean;
  readonly maxLength?: number;
  readonly below?: ReactNode;
  readonly belowId?: string;
}

export function TextField<V extends Values>(props: TextFieldProps<V>) {
  const { form, name, label, hint, needed = false, below, belowId, ...input } = props;
  return (
    <Field
      {...{ id: name, label, hint, needed, below, error: form.faults[name] ?? '' }}
      {...(belowId === undefined ? {} : { belowId })}
    >
      <Input
        size="large"
        dir="auto"
        {...input}
        value={form.values[name] as string}
        onChange={(event) => form.set(name, event.target.value as V[TextName<V>])}
      />
    </Field>
  );
}

/** Pasting and password managers work; it can be looked at. */
export function PasswordField<V extends Values>({ below, ...props }: TextFieldProps<V>) {
  const words = useWords();
  const [shown, setShown] = useState(false);
  return (
    <TextField
      {...props}
      type={shown ? 'text' : 'password'}
      below={
        <>
          {below}
          <button type="button" className="text-button" aria-pressed={shown} onClick={() => setShown(!shown)}>
            {words.showPassword}
          </button>
        </>
      }
    />
  );
}
