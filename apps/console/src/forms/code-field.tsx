import type { CodePurpose } from '@libs/contracts';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { accountApi } from '../session/api.js';
import { useAccountErrors, useAccountWords } from '../words/account/use-account-words.js';
import { mobileFault } from './address-faults.js';
import { CodeBoxes } from './code-boxes.js';
import { Field } from './field.js';
import type { TextName } from './text-field.js';
import type { Form, Values } from './use-form.js';
import './forms.css';

interface CodeFieldProps<V extends Values> {
  readonly form: Form<V>;
  readonly name: TextName<V>;
  readonly purpose: CodePurpose;
  /** Left out where the code goes to the login's own number. */
  readonly mobile?: string;
}

/** A code by text message: asked for here, again after a minute. */
export function CodeField<V extends Values>({ form, name, purpose, mobile }: CodeFieldProps<V>) {
  const words = useAccountWords();
  const sentence = useAccountErrors();
  const { sent, wait, send, error } = useSentCode(purpose, mobile);
  const missing = mobile === undefined ? '' : mobileFault(mobile, words);
  const note = error === null ? (sent ? words.codeSent : '') : sentence(error);
  return (
    <Field
      id={name}
      label={words.code}
      error={form.faults[name] ?? ''}
      needed
      belowId={`${name}-sent`}
      below={
        <div className="code-ask">
          <Button onClick={() => void send()} disabled={missing !== '' || wait > 0}>
            {wait > 0 ? words.sendAgain(wait) : words.sendCode}
          </Button>
          <p id={`${name}-sent`} role="status" className={error === null ? 'form-hint' : 'field-error'}>
            {missing === '' ? note : missing}
          </p>
        </div>
      }
    >
      <CodeBoxes value={form.values[name] as string} onChange={(code) => form.set(name, code as V[TextName<V>])} />
    </Field>
  );
}

function useSentCode(purpose: CodePurpose, mobile: string | undefined) {
  const [nextAt, setNextAt] = useState(0);
  const [now, setNow] = useState(0);
  const [sent, setSent] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const wait = Math.max(0, Math.ceil((nextAt - now) / 1000));
  useEffect(() => {
    if (wait === 0) return;
    const timer = setTimeout(() => setNow(Date.now()), 1_000);
    return () => clearTimeout(timer);
  });
  async function send(): Promise<void> {
    setError(null);
    try {
      const began = Date.now();
      const answer = await accountApi.sendCode({ purpose, ...(mobile === undefined ? {} : { mobile }) });
      setSent(true);
      setNow(Date.now());
      // A clock of this device that is wrong must not keep the button shut for hours.
      setNextAt(Math.min(answer.nextAt, began + 60_000));
    } catch (reason) {
      setError(reason);
    }
  }
  return { sent, wait, send, error };
}
