import { Button } from 'antd';
import { CheckField } from '../forms/check-field.js';
import { Outcome } from '../forms/outcome.js';
import { PasswordField, TextField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { accountApi } from '../session/api.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { useWords } from '../words/use-words.js';
import { useArrival } from './arrival.js';

export function PasswordForm({ next }: { readonly next?: string | undefined }) {
  const words = useWords();
  const account = useAccountWords();
  const arrive = useArrival(next);
  const form = useForm({
    initial: { identifier: '', password: '', keep: false },
    check: ({ identifier, password }) => ({
      identifier: identifier.trim() === '' ? words.emailMissing : '',
      password: password === '' ? words.passwordMissing : '',
    }),
    send: async ({ identifier, password, keep }) =>
      arrive(await accountApi.signIn({ identifier: identifier.trim(), password, keep })),
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Outcome error={form.error} />
      <TextField form={form} name="identifier" label={account.identifier} type="email" autoComplete="username" />
      <PasswordField form={form} name="password" label={account.password} autoComplete="current-password" />
      <CheckField form={form} name="keep" label={account.keep} hint={account.keepHint} />
      <Button type="primary" size="large" htmlType="submit" block loading={form.busy}>
        {words.signIn}
      </Button>
    </form>
  );
}
