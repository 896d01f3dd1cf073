import { Button } from 'antd';
import { useState } from 'react';
import { Outcome } from '../forms/outcome.js';
import { PasswordField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { accountApi } from '../session/api.js';
import { useLinkToken } from '../sign-in/link-token.js';
import { PublicPage } from '../sign-in/public-page.js';
import { BackToSignIn } from '../sign-in/sign-in-links.js';
import { useAccountWords } from '../words/account/use-account-words.js';

/** Where the link to a new address leads: the password shows that whoever reads the letter has the account. */
export function ConfirmEmailPage() {
  const words = useAccountWords();
  const token = useLinkToken();
  const [done, setDone] = useState(false);
  const form = useForm({
    initial: { current: '' },
    names: { password: 'current' },
    check: ({ current }) => ({ current: current === '' ? words.passwordMissing : '' }),
    send: async ({ current }) => {
      await accountApi.confirmEmail({ token, password: current });
      setDone(true);
    },
  });
  if (token === '' || done) {
    return (
      <PublicPage screen="confirm-email" state={done ? 'done' : 'incomplete'} title={words.confirmEmailTitle}>
        <p className={done ? 'form-success' : 'form-quiet'} role="status">
          {done ? words.confirmEmailDone : words.confirmEmailNoToken}
        </p>
        <BackToSignIn />
      </PublicPage>
    );
  }
  return (
    <PublicPage screen="confirm-email" title={words.confirmEmailTitle}>
      <p className="form-quiet">{words.confirmEmailHint}</p>
      <form onSubmit={form.submit} noValidate>
        <Outcome error={form.error} />
        <PasswordField
          form={form}
          name="current"
          label={words.currentPassword}
          autoComplete="current-password"
          needed
        />
        <Button type="primary" size="large" htmlType="submit" block loading={form.busy}>
          {words.confirmEmail}
        </Button>
      </form>
      <BackToSignIn />
    </PublicPage>
  );
}
