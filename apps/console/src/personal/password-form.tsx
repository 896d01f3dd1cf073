import { Button } from 'antd';
import { NewPasswordField, newPasswordFault } from '../forms/new-password-field.js';
import { Outcome } from '../forms/outcome.js';
import { PasswordField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { accountApi } from '../session/api.js';
import { useAccountWords } from '../words/account/use-account-words.js';

interface PasswordFormProps {
  readonly email: string;
  readonly onDone: () => void;
}

/** Present password, then the new one; all other sign-ins end. */
export function PasswordChangeForm({ email, onDone }: PasswordFormProps) {
  const words = useAccountWords();
  const form = useForm({
    initial: { current: '', newPassword: '' },
    names: { 'proof.password': 'current', password: 'newPassword' },
    check: ({ current, newPassword }) => ({
      current: current === '' ? words.passwordMissing : '',
      newPassword: newPasswordFault(newPassword, email, words),
    }),
    send: async ({ current, newPassword }) => {
      await accountApi.changePassword({ proof: { password: current }, password: newPassword });
      onDone();
    },
  });
  return (
    <form className="factor-form" onSubmit={form.submit} noValidate>
      <Outcome error={form.error} />
      <PasswordField form={form} name="current" label={words.currentPassword} autoComplete="current-password" needed />
      <NewPasswordField form={form} name="newPassword" label={words.newPassword} email={email} />
      <p className="form-hint">{words.resetNewHint}</p>
      <Button type="primary" size="large" htmlType="submit" loading={form.busy}>
        {words.changePassword}
      </Button>
    </form>
  );
}
