import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { emailFault } from '../forms/address-faults.js';
import { NewPasswordField, newPasswordFault } from '../forms/new-password-field.js';
import { Outcome } from '../forms/outcome.js';
import { TextField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { accountApi } from '../session/api.js';
import { useLinkToken } from '../sign-in/link-token.js';
import { PublicLoading, PublicPage } from '../sign-in/public-page.js';
import { BackToSignIn } from '../sign-in/sign-in-links.js';
import { useOptions } from '../sign-in/use-options.js';
import { useAccountWords } from '../words/account/use-account-words.js';

/** Asks for a link, or takes the one that was opened. */
export function ResetPage() {
  const token = useLinkToken();
  return token === '' ? <AskForLink /> : <NewPassword token={token} />;
}

function AskForLink() {
  const words = useAccountWords();
  const options = useOptions();
  const [sent, setSent] = useState(false);
  const form = useForm({
    initial: { identifier: '' },
    check: ({ identifier }) => ({ identifier: emailFault(identifier, words) }),
    send: async ({ identifier }) => {
      await accountApi.askReset(identifier.trim());
      setSent(true);
    },
  });
  if (!options.known) return <PublicLoading screen="reset" title={words.resetTitle} />;
  if (!options.mail || sent) {
    return (
      <PublicPage screen="reset" state={sent ? 'sent' : 'no-mail'} title={words.resetTitle}>
        <p role="status">{sent ? words.resetSent : words.resetNoMail}</p>
        <BackToSignIn />
      </PublicPage>
    );
  }
  return (
    <PublicPage screen="reset" title={words.resetTitle}>
      <p className="form-quiet">{words.resetAskHint}</p>
      <form onSubmit={form.submit} noValidate>
        <Outcome error={form.error} />
        <TextField form={form} name="identifier" label={words.identifier} type="email" autoComplete="username" />
        <Button type="primary" size="large" htmlType="submit" block loading={form.busy}>
          {words.resetSend}
        </Button>
      </form>
      <BackToSignIn />
    </PublicPage>
  );
}

function NewPassword({ token }: { readonly token: string }) {
  const words = useAccountWords();
  const [done, setDone] = useState(false);
  const form = useForm({
    initial: { newPassword: '' },
    names: { password: 'newPassword' },
    check: ({ newPassword }) => ({ newPassword: newPasswordFault(newPassword, '', words) }),
    send: async ({ newPassword }) => {
      await accountApi.setPasswordByLink({ token, password: newPassword });
      setDone(true);
    },
  });
  if (done) {
    return (
      <PublicPage screen="reset" state="done" title={words.resetNew}>
        <p className="form-success" role="status">
          {words.resetDone}
        </p>
        <BackToSignIn />
      </PublicPage>
    );
  }
  return (
    <PublicPage screen="reset" state="new-password" title={words.resetNew}>
      <p className="form-quiet">{words.resetNewHint}</p>
      <form onSubmit={form.submit} noValidate>
        <Outcome error={form.error} />
        <NewPasswordField form={form} name="newPassword" label={words.newPassword} email="" />
        <Button type="primary" size="large" htmlType="submit" block loading={form.busy}>
          {words.resetNew}
        </Button>
      </form>
      {form.error !== null && (
        <p className="sign-in-links">
          <Link to="/reset-password">{words.askAgain}</Link>
        </p>
      )}
    </PublicPage>
  );
}
