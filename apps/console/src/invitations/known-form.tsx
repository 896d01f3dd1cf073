import { emailFault } from '../forms/address-faults.js';
import { Outcome } from '../forms/outcome.js';
import { PasswordField, TextField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { accountApi } from '../session/api.js';
import { useArrival } from '../sign-in/arrival.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { Accept } from './fresh-form.js';

/** The login that somebody has already; what else it needs to show is asked next. */
export function KnownForm({ token }: { readonly token: string }) {
  const words = useAccountWords();
  const arrive = useArrival();
  const form = useForm({
    initial: { identifier: '', password: '', name: '' },
    check: ({ identifier, password, name }) => ({
      identifier: emailFault(identifier, words),
      password: password === '' ? words.passwordMissing : '',
      name: name.trim() === '' ? words.nameMissing : '',
    }),
    send: async ({ identifier, password, name }) =>
      arrive(await accountApi.acceptInvitation({ token, known: { identifier: identifier.trim(), password, name } })),
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <Outcome error={form.error} />
      <TextField form={form} name="identifier" label={words.identifier} type="email" autoComplete="username" needed />
      <PasswordField form={form} name="password" label={words.password} autoComplete="current-password" needed />
      <TextField form={form} name="name" label={words.inviteName} autoComplete="name" needed />
      <Accept busy={form.busy} />
    </form>
  );
}
