import type { SecondFactorState } from '@libs/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Outcome } from '../forms/outcome.js';
import { PasswordField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { FactorSetup } from '../second-step/factor-setup.js';
import { RecoveryCodeList } from '../second-step/recovery-code-list.js';
import { accountApi } from '../session/api.js';
import { Dialog } from '../shell/dialog.js';
import { DialogClose } from '../shell/dialog-buttons.js';
import { Failed, Loading } from '../shell/page.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { day } from '../words/format.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { useWords } from '../words/use-words.js';

type Act = 'set-up' | 'renew' | 'turn-off';

export function FactorSection() {
  const words = useSettingsWords();
  const state = useQuery({
    queryKey: ['second-factor'],
    queryFn: ({ signal }) => accountApi.secondFactor(signal),
    staleTime: 0,
  });
  const [act, setAct] = useState<Act>();
  const close = () => {
    setAct(undefined);
    void state.refetch();
  };
  return (
    <section className="card" aria-labelledby="my-factor">
      <h2 id="my-factor">{words.factorState}</h2>
      {!state.data && !state.error && <Loading rows={2} shape="lines" />}
      {state.error && <Failed error={state.error} retry={() => void state.refetch()} />}
      {state.data && <Factor state={state.data} onAct={setAct} />}
      {act && <FactorDialog act={act} onClose={close} />}
    </section>
  );
}

function Factor({ state, onAct }: { readonly state: SecondFactorState; readonly onAct: (act: Act) => void }) {
  const words = useSettingsWords();
  const { locale } = useWords();
  const { enrolledAt, recoveryCodesLeft, required } = state;
  if (enrolledAt === null) {
    return (
      <div className="account-row">
        <p>{words.factorOff}</p>
        <Button onClick={() => onAct('set-up')}>{words.setUp}</Button>
      </div>
    );
  }
  return (
    <>
      <p>{words.factorSince(day(enrolledAt, Date.now(), locale))}</p>
      <p>{words.codesLeft(recoveryCodesLeft)}</p>
      <div className="button-row">
        <Button onClick={() => onAct('renew')}>{words.renewCodes}</Button>
        <Button
          disabled={required}
          aria-describedby={required ? 'factor-required' : undefined}
          onClick={() => onAct('turn-off')}
        >
          {words.turnOff}
        </Button>
      </div>
      {required && (
        <p id="factor-required" className="form-hint">
          {words.turnOffRefused}
        </p>
      )}
    </>
  );
}

function FactorDialog({ act, onClose }: { readonly act: Act; readonly onClose: () => void }) {
  const words = useSettingsWords();
  const [codes, setCodes] = useState<readonly string[]>();
  const titles = { 'set-up': words.setUp, renew: words.renewCodes, 'turn-off': words.turnOff };
  const proven = async (password: string) => {
    if (act === 'renew') setCodes((await accountApi.renewRecoveryCodes({ password })).codes);
    else {
      await accountApi.removeSecondFactor({ password });
      onClose();
    }
  };
  return (
    <Dialog title={titles[act]} onClose={onClose}>
      {act === 'set-up' && <FactorSetup onDone={onClose} />}
      {act !== 'set-up' && !codes && (
        <ProofForm note={act === 'renew' ? words.renewEffect : words.turnOffEffect} verb={titles[act]} send={proven} />
      )}
      {codes ? (
        <RecoveryCodeList codes={codes} onDone={onClose} />
      ) : (
        <DialogClose label={words.cancel} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface ProofFormProps {
  readonly note: string;
  readonly verb: string;
  readonly send: (password: string) => Promise<void>;
}

function ProofForm({ note, verb, send }: ProofFormProps) {
  const account = useAccountWords();
  const form = useForm({
    initial: { current: '' },
    names: { 'proof.password': 'current' },
    check: ({ current }) => ({ current: current === '' ? account.passwordMissing : '' }),
    send: ({ current }) => send(current),
  });
  return (
    <form className="dialog-form" onSubmit={form.submit} noValidate>
      <p>{note}</p>
      <Outcome error={form.error} />
      <PasswordField form={form} name="current" label={account.currentPassword} autoComplete="current-password" />
      <Button type="primary" htmlType="submit" loading={form.busy}>
        {verb}
      </Button>
    </form>
  );
}
