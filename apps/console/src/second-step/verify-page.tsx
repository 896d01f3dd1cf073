import type { SecondStep, SignInVerify } from '@libs/contracts';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { CodeBoxes } from '../forms/code-boxes.js';
import { Field } from '../forms/field.js';
import { Outcome } from '../forms/outcome.js';
import { TextField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { accountApi } from '../session/api.js';
import { type OwedProof, owedProof, useArrival } from '../sign-in/arrival.js';
import { PublicPage } from '../sign-in/public-page.js';
import { BackToSignIn } from '../sign-in/sign-in-links.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { ChooseWorkspace } from './choose-workspace.js';

/** What is asked after the first proof; who comes here without one begins at the door. */
export function VerifyPage() {
  const owed = useSyncExternalStore(owedProof.subscribe, owedProof.get);
  const navigate = useNavigate();
  useEffect(() => {
    if (!owed) void navigate({ to: '/sign-in', replace: true });
  }, [owed, navigate]);
  if (!owed) return null;
  return owed.kind === 'choose' ? <ChooseWorkspace owed={owed} /> : <Verify owed={owed} />;
}

type Verifying = Extract<OwedProof, { kind: 'verify' }>;

function Verify({ owed }: { readonly owed: Verifying }) {
  const words = useAccountWords();
  const [method, setMethod] = useState<SecondStep>(owed.methods[0] ?? 'totp');
  const other = owed.methods.find((one) => one !== method);
  const hints = { totp: words.verifyApp, sms: words.verifySms, 'recovery-code': words.verifyRecovery };
  return (
    <PublicPage screen="second-step" state={method} title={words.verifyTitle}>
      <p className="form-quiet">{hints[method]}</p>
      {method === 'recovery-code' ? (
        <RecoveryForm owed={owed} />
      ) : (
        <DigitsForm key={method} owed={owed} method={method} />
      )}
      {other && (
        <button type="button" className="text-button" onClick={() => setMethod(other)}>
          {other === 'recovery-code' ? words.useRecovery : words.useApp}
        </button>
      )}
      <BackToSignIn />
    </PublicPage>
  );
}

function useStep({ ticket, next }: Verifying) {
  const arrive = useArrival(next);
  return async (step: Omit<SignInVerify, 'ticket'>) => arrive(await accountApi.verify({ ticket, ...step }));
}

function DigitsForm({ owed, method }: { readonly owed: Verifying; readonly method: SecondStep }) {
  const words = useAccountWords();
  const take = useStep(owed);
  const form = useForm({
    initial: { code: '' },
    check: ({ code }) => ({ code: code.length === 6 ? '' : words.codeMissing }),
    send: ({ code }) => take({ method, code }),
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Outcome error={form.error} />
      <Field id="code" label={words.code} error={form.faults.code ?? ''}>
        <CodeBoxes value={form.values.code} onChange={(code) => form.set('code', code)} />
      </Field>
      <Button type="primary" size="large" htmlType="submit" block loading={form.busy}>
        {words.verify}
      </Button>
    </form>
  );
}

function RecoveryForm({ owed }: { readonly owed: Verifying }) {
  const words = useAccountWords();
  const take = useStep(owed);
  const form = useForm({
    initial: { code: '' },
    check: ({ code }) => ({ code: code.trim() === '' ? words.recoveryMissing : '' }),
    send: ({ code }) => take({ method: 'recovery-code', code: code.trim() }),
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Outcome error={form.error} />
      <TextField form={form} name="code" label={words.recoveryCode} autoComplete="off" />
      <Button type="primary" size="large" htmlType="submit" block loading={form.busy}>
        {words.verify}
      </Button>
    </form>
  );
}
