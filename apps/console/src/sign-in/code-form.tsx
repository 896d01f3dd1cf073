import { Button } from 'antd';
import { CheckField } from '../forms/check-field.js';
import { MobileFields, mobileFaults } from '../forms/mobile-fields.js';
import { Outcome } from '../forms/outcome.js';
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
    check: (values) => mobileFaults(values, true, account),
    send: async ({ mobile, code, keep }) => arrive(await accountApi.signInByCode({ mobile, code, keep })),
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Outcome error={form.error} />
      <MobileFields form={form} label={account.mobile} purpose="sign-in" sms />
      <CheckField form={form} name="keep" label={account.keep} hint={account.keepHint} />
      <Button type="primary" size="large" htmlType="submit" block loading={form.busy}>
        {words.signIn}
      </Button>
    </form>
  );
}
