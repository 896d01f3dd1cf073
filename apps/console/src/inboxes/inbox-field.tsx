import { Input } from 'antd';
import { Field } from '../forms/field.js';
import type { DraftEditing, InboxDraft } from './use-inbox-draft.js';
import { useInboxWords } from './words/use-inbox-words.js';

/** The sentence for a setting that was refused; empty where there is none. */
export function useFault(editing: DraftEditing): (field: string) => string {
  const words = useInboxWords();
  return (field) => {
    const fault = editing.faults.find((one) => one.field === field);
    return fault ? (words.rules[fault.rule] ?? words.ruleUnknown) : '';
  };
}

type TextName = { [K in keyof InboxDraft]: InboxDraft[K] extends string ? K : never }[keyof InboxDraft];

interface InboxFieldProps {
  readonly editing: DraftEditing;
  readonly name: TextName;
  readonly label: string;
  readonly hint?: string;
  readonly needed?: boolean;
  readonly inputMode?: 'text' | 'tel';
}

export function InboxField({ editing, name, label, hint, needed = false, inputMode = 'text' }: InboxFieldProps) {
  const fault = useFault(editing);
  return (
    <Field id={`inbox-${name}`} label={label} hint={hint} needed={needed} error={fault(name)}>
      <Input
        dir="auto"
        inputMode={inputMode}
        value={editing.values[name]}
        onChange={(event) => editing.set({ [name]: event.target.value })}
      />
    </Field>
  );
}
