import { Button } from 'antd';
import { MobileFields, mobileFaults, whyMobile } from '../forms/mobile-fields.js';
import { NewPasswordField, newPasswordFault } from '../forms/new-password-field.js';
import { FaultSummary, Outcome } from '../forms/outcome.js';
import { TextField } from '../forms/text-field.js';
import { type Form, useForm } from '../forms/use-form.js';
import { accountApi } from '../session/api.js';
import { useArrival } from '../sign-in/arrival.js';
import { useOptions } from '../sign-in/use-options.js';
import { Agreements, NO_TICKS, tickFaults, useAgreements } from '../sign-up/agreements.js';
import { useAccountWords } from '../words/account/use-account-words.js';

const EMPTY = { name: '', mobile: '', code: '', password: '', ...NO_TICKS };

/** A login for the address that was invited. */
export function FreshForm({ token }: { readonly token: string }) {
  const words = useAccountWords();
  const { sms } = useOptions();
  const arrive = useArrival();
  const agreements = useAgreements();
  const form: Form<typeof EMPTY> = useForm<typeof EMPTY>({
    initial: EMPTY,
    check: (values) => ({
      name: values.name.trim() === '' ? words.nameMissing : '',
      ...mobileFaults(values, sms, words),
      password: newPasswordFault(values.password, '', words),
      ...tickFaults(values, words),
    }),
    send: async (values) => {
      const { name, mobile, password, code } = values;
      const fresh = { name, mobile, password, ...(sms ? { code } : {}), agreements: agreements.agreed(values) };
      try {
        await arrive(await accountApi.acceptInvitation({ token, fresh }));
      } catch (error) {
        agreements.afterRefusal(error, form);
        throw error;
      }
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <FaultSummary form={form} />
      <Outcome error={form.error} />
      <p className="form-hint">{words.inviteFreshHint}</p>
      <TextField form={form} name="name" label={words.inviteName} autoComplete="name" needed />
      <MobileFields form={form} label={words.mobile} purpose="sign-up" sms={sms} hint={whyMobile(sms, words)} />
      <NewPasswordField form={form} name="password" label={words.password} email="" />
      <Agreements form={form} agreements={agreements} />
      <Accept busy={form.busy} disabled={agreements.texts === undefined} />
    </form>
  );
}

export function Accept({ busy, disabled = false }: { readonly busy: boolean; readonly disabled?: boolean }) {
  const words = useAccountWords();
  return (
    <Button type="primary" size="large" htmlType="submit" block loading={busy} disabled={disabled}>
      {words.accept}
    </Button>
  );
}
