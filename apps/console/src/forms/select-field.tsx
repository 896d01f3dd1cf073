import { Field } from './field.js';
import type { TextName } from './text-field.js';
import type { Form, Values } from './use-form.js';

interface SelectFieldProps<V extends Values> {
  readonly form: Form<V>;
  readonly name: TextName<V>;
  readonly label: string;
  readonly choices: readonly (readonly [string, string])[];
  readonly hint?: string | undefined;
  readonly needed?: boolean;
}

export function SelectField<V extends Values>({ form, name, label, choices, hint, needed }: SelectFieldProps<V>) {
  return (
    <Field id={name} label={label} hint={hint} needed={needed ?? false} error={form.faults[name] ?? ''}>
      <NativeSelect
        value={form.values[name] as string}
        choices={choices}
        onChange={(value) => form.set(name, value as V[TextName<V>])}
      />
    </Field>
  );
}

interface NativeSelectProps {
  readonly value: string;
  readonly choices: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
  /** Given by the field around it; a native list has no state of its own for it. */
  readonly status?: 'error' | '';
}

function NativeSelect({ value, choices, onChange, status: _status, ...rest }: NativeSelectProps) {
  return (
    <select className="native-select" {...rest} value={value} onChange={(event) => onChange(event.target.value)}>
      {value === '' && <option value="" />}
      {choices.map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </select>
  );
}
