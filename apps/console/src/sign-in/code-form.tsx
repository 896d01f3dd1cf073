import { Button } from 'antd';
import { mobileFault } from '../forms/address-faults.js';
import { CheckField } from '../forms/check-field.js';
import { CodeField } from '../forms/code-field.js';
import { Outcome } from '../forms/outcome.js';
import { TextField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { accountApi } from '../session/api.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { useWords } from '../words/use-words.js';
import { useArrival } from './arrival.js';

export function CodeForm({ next }: { readonly next?: string | undefined }) {
  const words = useWords();
  const account = useAccountWords();
  const arrive = useArrival(next);
  const form = useForm({
    initial: { mobile: '', code: '', keep: false },
    check: ({ mobile, code }) => ({
      mobile: mobileFault(mobile, account),
      code: code.length === 6 ? '' : account.codeMissing,
    }),
    send: async ({ mobile, code, keep }) => arrive(await accountApi.signInByCode({ mobile, code, keep })),
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Outcome error={form.error} />
      <TextField
        form={form}
        name="mobile"
        label={account.mobile}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        needed
      />
      <CodeField form={form} name="code" purpose="sign-in" mobile={form.values.mobile} />
      <CheckField form={form} name="keep" label={account.keep} hint={account.keepHint} />
      <Button type="primary" size="large" htmlType="submit" block loading={form.busy}>
        {words.signIn}
      </Button>
    </form>
  );
}
