import { Button, Input } from 'antd';
import { type FormEvent, useRef, useState, useSyncExternalStore } from 'react';
import { sessionEnded } from '../session/session.js';
import { errorText } from '../words/error-text.js';
import { useWords } from '../words/use-words.js';
import { Field } from './field.js';
import { useSignIn } from './use-sign-in.js';

export function SignInForm() {
  const words = useWords();
  const form = useSignIn();
  const [tried, setTried] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const lacksName = form.identifier.trim() === '';
  const lacksPassword = form.password === '';
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (!lacksName && !lacksPassword) void form.submit();
    else element.current?.querySelector<HTMLInputElement>(lacksName ? '#identifier' : '#password')?.focus();
  }
  return (
    <form ref={element} className="sign-in-card" onSubmit={submit} noValidate>
      <h1>{words.signIn}</h1>
      <Outcome error={form.error} />
      <Field id="identifier" label={words.email} error={tried && lacksName ? words.emailMissing : ''}>
        <Input
          size="large"
          type="email"
          autoComplete="username"
          value={form.identifier}
          onChange={(event) => form.setIdentifier(event.target.value)}
        />
      </Field>
      <Password value={form.password} onChange={form.setPassword} missing={tried && lacksPassword} />
      <Button type="primary" size="large" htmlType="submit" block loading={form.busy}>
        {words.signIn}
      </Button>
    </form>
  );
}

function Outcome({ error }: { readonly error: unknown }) {
  const words = useWords();
  const ended = useSyncExternalStore(sessionEnded.subscribe, sessionEnded.get);
  if (error !== null) {
    return (
      <p className="form-alert" role="alert">
        {errorText(error, words)}
      </p>
    );
  }
  return ended ? <p className="form-notice">{words.sessionEnded}</p> : null;
}

interface PasswordProps {
  readonly value: string;
  readonly missing: boolean;
  readonly onChange: (value: string) => void;
}

function Password({ value, missing, onChange }: PasswordProps) {
  const words = useWords();
  const [shown, setShown] = useState(false);
  return (
    <>
      <Field id="password" label={words.password} error={missing ? words.passwordMissing : ''}>
        <Input
          size="large"
          type={shown ? 'text' : 'password'}
          autoComplete="current-password"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <button type="button" className="text-button" onClick={() => setShown(!shown)}>
        {shown ? words.hidePassword : words.showPassword}
      </button>
    </>
  );
}
