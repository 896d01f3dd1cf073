import type { RegisterContent } from '@libs/contracts';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { parseRecipients } from './register-edit.js';

interface RecipientsFieldProps {
  readonly register: RegisterContent;
  readonly value: readonly string[];
  readonly onChange: (recipients: readonly string[]) => void;
}

/** Who is ticked, who is offered, and what is being typed. */
function useRecipients({ register, value, onChange }: RecipientsFieldProps) {
  const [ticked, setTicked] = useState(value);
  const [typed, setTyped] = useState('');
  const [offered, setOffered] = useState(() =>
    sorted([...value, ...register.activities.flatMap(({ recipients }) => recipients)]),
  );
  // What is being typed counts already: whoever types and saves means it.
  const change = (kept: readonly string[], text: string): void => {
    setTicked(kept);
    setTyped(text);
    onChange(sorted([...kept, ...parseRecipients(text)]));
  };
  const add = (): void => {
    const kept = sorted([...ticked, ...parseRecipients(typed)]);
    setOffered(sorted([...offered, ...kept]));
    change(kept, '');
  };
  return { ticked, typed, offered, change, add };
}

/** Who else gets the data: those whom the register names anywhere are ticked, a new one is named by its code. */
export function RecipientsField(props: RecipientsFieldProps) {
  const desk = useDeskWords();
  const id = useId();
  const { ticked, typed, offered, change, add } = useRecipients(props);
  return (
    <fieldset className="plain-fieldset">
      <legend>{desk.recipients}</legend>
      {offered.map((recipient) => (
        <label key={recipient} className="check">
          <input
            type="checkbox"
            checked={ticked.includes(recipient)}
            onChange={({ target }) =>
              change(target.checked ? [...ticked, recipient] : ticked.filter((one) => one !== recipient), typed)
            }
          />
          <bdi>{recipient}</bdi>
        </label>
      ))}
      <div className="recipient-new">
        <label htmlFor={id} className="visually-hidden">
          {desk.recipientNew}
        </label>
        <input
          id={id}
          className="native-input"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={desk.recipientNew}
          value={typed}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => change(ticked, target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.keyCode === 229) return;
            event.preventDefault();
            add();
          }}
        />
        <Button onClick={add}>{desk.recipientAdd}</Button>
      </div>
      <p id={`${id}-hint`} className="form-hint">
        {desk.recipientsHint}
      </p>
    </fieldset>
  );
}

function sorted(codes: readonly string[]): readonly string[] {
  return [...new Set(codes)].sort();
}
