import type { SecondFactorOffer } from '@libs/contracts';
import { Button, QRCode } from 'antd';
import { useState } from 'react';
import { CodeBoxes } from '../forms/code-boxes.js';
import { Field } from '../forms/field.js';
import { Outcome } from '../forms/outcome.js';
import { PasswordField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { accountApi } from '../session/api.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { CopyButton } from './copy-button.js';
import { RecoveryCodeList } from './recovery-code-list.js';
import './factor.css';

/** Password, QR code, first code, recovery codes: in this order, on one page. */
export function FactorSetup({ onDone }: { readonly onDone: () => void }) {
  const [offer, setOffer] = useState<SecondFactorOffer>();
  const [codes, setCodes] = useState<readonly string[]>();
  if (codes) return <RecoveryCodeList codes={codes} onDone={onDone} />;
  if (offer) return <FirstCode offer={offer} onConfirmed={setCodes} />;
  return <AskPassword onOffer={setOffer} />;
}

function AskPassword({ onOffer }: { readonly onOffer: (offer: SecondFactorOffer) => void }) {
  const words = useAccountWords();
  const form = useForm({
    initial: { current: '' },
    names: { password: 'current' },
    check: ({ current }) => ({ current: current === '' ? words.passwordMissing : '' }),
    send: async ({ current }) => onOffer(await accountApi.offerSecondFactor({ password: current })),
  });
  return (
    <form className="factor-form" onSubmit={form.submit} noValidate>
      <p>{words.factorPassword}</p>
      <Outcome error={form.error} />
      <PasswordField form={form} name="current" label={words.currentPassword} autoComplete="current-password" />
      <Button type="primary" size="large" htmlType="submit" block loading={form.busy}>
        {words.factorNext}
      </Button>
    </form>
  );
}

interface FirstCodeProps {
  readonly offer: SecondFactorOffer;
  readonly onConfirmed: (codes: readonly string[]) => void;
}

function FirstCode({ offer, onConfirmed }: FirstCodeProps) {
  const words = useAccountWords();
  const form = useForm({
    initial: { code: '' },
    check: ({ code }) => ({ code: code.length === 6 ? '' : words.codeMissing }),
    send: async ({ code }) => onConfirmed((await accountApi.confirmSecondFactor(code)).codes),
  });
  return (
    <form className="factor-form" onSubmit={form.submit} noValidate>
      <h2>{words.factorScan}</h2>
      <div className="factor-offer">
        {/* For cameras only, black on white in both looks; the key beside it says the same to everybody else. */}
        <div aria-hidden className="factor-qr">
          <QRCode type="svg" value={offer.uri} size={192} color="#000000" bgColor="#ffffff" bordered={false} />
        </div>
        <div className="factor-secret">
          <p className="form-hint">{words.factorScanHint}</p>
          <p>{words.factorSecret}</p>
          <code>{offer.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          <CopyButton text={offer.secret} />
        </div>
      </div>
      <Outcome error={form.error} />
      <Field id="code" label={words.factorCode} error={form.faults.code ?? ''}>
        <CodeBoxes value={form.values.code} onChange={(code) => form.set('code', code)} />
      </Field>
      <Button type="primary" size="large" htmlType="submit" block loading={form.busy}>
        {words.factorConfirm}
      </Button>
    </form>
  );
}
