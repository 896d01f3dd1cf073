import type { Profile } from '@libs/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { emailFault } from '../forms/address-faults.js';
import { MobileFields, mobileFaults, whyMobile } from '../forms/mobile-fields.js';
import { Outcome } from '../forms/outcome.js';
import { PasswordField, TextField } from '../forms/text-field.js';
import { useAct } from '../forms/use-act.js';
import { useForm } from '../forms/use-form.js';
import { accountApi } from '../session/api.js';
import { Refusal } from '../settings/refusal.js';
import { Dialog } from '../shell/dialog.js';
import { useOptions } from '../sign-in/use-options.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { PROFILE } from './use-profile.js';

/** E-mail and mobile number: changed with proof of identity. */
export function BasicData({ profile }: { readonly profile: Profile }) {
  const words = useSettingsWords();
  const client = useQueryClient();
  const [changing, setChanging] = useState<'email' | 'mobile'>();
  const done = () => {
    setChanging(undefined);
    void client.invalidateQueries({ queryKey: PROFILE });
  };
  const rows = [
    {
      field: 'email',
      value: profile.email,
      title: words.changeEmail,
      note: profile.emailVerifiedAt === null ? <EmailProof /> : words.verified,
    },
    {
      field: 'mobile',
      value: profile.mobile,
      title: words.changeMobile,
      note: profile.mobileVerifiedAt === null ? words.unverified : words.verified,
    },
  ] as const;
  return (
    <section className="card" aria-labelledby="basic-data">
      <h2 id="basic-data">{words.basicData}</h2>
      {rows.map(({ field, value, title, note }) => (
        <div key={field} className="account-row">
          <div>
            <p className="quiet">{words.fields[field]}</p>
            <p>{value ?? words.notProvided}</p>
            {value !== null && <div className="form-hint">{note}</div>}
          </div>
          <Button aria-label={title} onClick={() => setChanging(field)}>
            {words.change}
          </Button>
        </div>
      ))}
      {changing === 'email' && (
        <Dialog title={words.changeEmail} onClose={() => setChanging(undefined)}>
          <EmailForm onDone={done} onClose={() => setChanging(undefined)} />
        </Dialog>
      )}
      {changing === 'mobile' && (
        <Dialog title={words.changeMobile} onClose={() => setChanging(undefined)}>
          <MobileForm onDone={done} onClose={() => setChanging(undefined)} />
        </Dialog>
      )}
    </section>
  );
}

/** A letter to the present address, where letters can be sent; where not, nothing is said. */
function EmailProof() {
  const words = useSettingsWords();
  const { mail } = useOptions();
  const act = useAct();
  const [sent, setSent] = useState(false);
  if (!mail) return null;
  const ask = () =>
    act.run(async () => {
      await accountApi.askEmailProof();
      setSent(true);
    });
  return (
    <>
      <div className="button-row">
        <span>{words.emailUnverified}</span>
        {!sent && (
          <Button size="small" loading={act.busy} onClick={() => void ask()}>
            {words.sendEmailProof}
          </Button>
        )}
      </div>
      <p role="status">{sent ? words.emailProofSent : ''}</p>
      <Refusal error={act.error} />
    </>
  );
}

interface ChangeFormProps {
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const PROOF = { 'proof.password': 'current' } as const;

function EmailForm({ onDone, onClose }: ChangeFormProps) {
  const words = useSettingsWords();
  const account = useAccountWords();
  const [sentTo, setSentTo] = useState<string>();
  const form = useForm({
    initial: { email: '', current: '' },
    names: PROOF,
    check: ({ email, current }) => ({
      email: emailFault(email, account),
      current: current === '' ? account.passwordMissing : '',
    }),
    send: async ({ email, current }) => {
      const { linkSent } = await accountApi.changeEmail({ proof: { password: current }, email: email.trim() });
      if (linkSent) setSentTo(email.trim());
      else onDone();
    },
  });
  if (sentTo !== undefined) return <LinkSent email={sentTo} onClose={onClose} />;
  return (
    <form className="dialog-form" onSubmit={form.submit} noValidate>
      <Outcome error={form.error} />
      <TextField form={form} name="email" label={words.newEmail} type="email" autoComplete="email" needed />
      <PasswordField
        form={form}
        name="current"
        label={account.currentPassword}
        autoComplete="current-password"
        needed
      />
      <ChangeButtons verb={words.changeEmail} busy={form.busy} onClose={onClose} />
    </form>
  );
}

/** Nothing has changed yet; the same for every address, so that nobody learns who has an account. */
function LinkSent({ email, onClose }: { readonly email: string; readonly onClose: () => void }) {
  const account = useAccountWords();
  return (
    <div className="dialog-form">
      <p role="status">{account.emailLinkSent(email)}</p>
      <div className="button-row dialog-buttons">
        <Button type="primary" onClick={onClose} autoFocus>
          {account.done}
        </Button>
      </div>
    </div>
  );
}

function MobileForm({ onDone, onClose }: ChangeFormProps) {
  const words = useSettingsWords();
  const account = useAccountWords();
  const { sms } = useOptions();
  const form = useForm({
    initial: { mobile: '', code: '', current: '' },
    names: PROOF,
    check: ({ mobile, code, current }) => ({
      ...mobileFaults({ mobile, code }, sms, account),
      current: current === '' ? account.passwordMissing : '',
    }),
    send: async ({ mobile, code, current }) => {
      await accountApi.changeMobile({ proof: { password: current }, mobile, ...(sms ? { code } : {}) });
      onDone();
    },
  });
  return (
    <form className="dialog-form" onSubmit={form.submit} noValidate>
      <Outcome error={form.error} />
      <MobileFields
        form={form}
        label={words.newMobile}
        purpose="change-mobile"
        sms={sms}
        hint={whyMobile(sms, account)}
      />
      <PasswordField
        form={form}
        name="current"
        label={account.currentPassword}
        autoComplete="current-password"
        needed
      />
      <ChangeButtons verb={words.changeMobile} busy={form.busy} onClose={onClose} />
    </form>
  );
}

interface ChangeButtonsProps {
  readonly verb: string;
  readonly busy: boolean;
  readonly onClose: () => void;
}

export function ChangeButtons({ verb, busy, onClose }: ChangeButtonsProps) {
  const words = useSettingsWords();
  return (
    <>
      <p className="form-hint">{words.othersEnd}</p>
      <div className="button-row dialog-buttons">
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {verb}
        </Button>
      </div>
    </>
  );
}
