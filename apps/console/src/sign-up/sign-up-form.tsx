import { TENANT_KINDS, type TenantKind } from '@libs/contracts';
import { Button } from 'antd';
import { emailFault } from '../forms/address-faults.js';
import { MobileFields, mobileFaults, whyMobile } from '../forms/mobile-fields.js';
import { NewPasswordField, newPasswordFault } from '../forms/new-password-field.js';
import { FaultSummary, Outcome } from '../forms/outcome.js';
import { SelectField } from '../forms/select-field.js';
import { TextField } from '../forms/text-field.js';
import { type Form, useForm } from '../forms/use-form.js';
import { accountApi } from '../session/api.js';
import { justMade } from '../session/rights.js';
import { useArrival } from '../sign-in/arrival.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import type { AccountWords } from '../words/account/zh-cn.js';
import { Agreements, NO_TICKS, tickFaults, useAgreements } from './agreements.js';

const EMPTY = { kind: '', workspaceName: '', name: '', mobile: '', code: '', email: '', password: '', ...NO_TICKS };
type SignUpValues = typeof EMPTY;

const NAMES = { 'workspace.name': 'workspaceName', 'workspace.kind': 'kind', 'owner.name': 'name' } as const;

function faultsOf(values: SignUpValues, sms: boolean, words: AccountWords) {
  return {
    kind: values.kind === '' ? words.kindMissing : '',
    workspaceName: values.workspaceName.trim() === '' ? words.workspaceNameMissing : '',
    name: values.name.trim() === '' ? words.nameMissing : '',
    ...mobileFaults(values, sms, words),
    email: emailFault(values.email, words),
    password: newPasswordFault(values.password, values.email, words),
    ...tickFaults(values, words),
  };
}

export function SignUpForm({ sms }: { readonly sms: boolean }) {
  const words = useAccountWords();
  const arrive = useArrival();
  const agreements = useAgreements();
  const form: Form<SignUpValues> = useForm<SignUpValues>({
    initial: EMPTY,
    names: NAMES,
    check: (values) => faultsOf(values, sms, words),
    send: async (values) => {
      const { kind, workspaceName, name, email, mobile, password, code } = values;
      try {
        const answer = await accountApi.signUp({
          workspace: { kind: kind as TenantKind, name: workspaceName },
          owner: { name, email: email.trim(), mobile, password },
          ...(sms ? { code } : {}),
          agreements: agreements.agreed(values),
        });
        justMade.set(true);
        await arrive(answer);
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
      <WorkspaceGroup form={form} />
      <YouGroup form={form} sms={sms} />
      <fieldset className="sign-in-group">
        <legend>{words.groupAgree}</legend>
        <Agreements form={form} agreements={agreements} />
      </fieldset>
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        block
        loading={form.busy}
        disabled={agreements.texts === undefined}
      >
        {words.createWorkspace}
      </Button>
    </form>
  );
}

function WorkspaceGroup({ form }: { readonly form: Form<SignUpValues> }) {
  const words = useAccountWords();
  const kinds = TENANT_KINDS.map((kind) => [kind, words.kinds[kind]] as const);
  return (
    <fieldset className="sign-in-group">
      <legend>{words.groupWorkspace}</legend>
      <SelectField form={form} name="kind" label={words.kind} choices={kinds} needed />
      <TextField
        form={form}
        name="workspaceName"
        label={words.workspaceName}
        autoComplete="organization"
        hint={words.workspaceNameHint}
        needed
      />
    </fieldset>
  );
}

function YouGroup({ form, sms }: { readonly form: Form<SignUpValues>; readonly sms: boolean }) {
  const words = useAccountWords();
  return (
    <fieldset className="sign-in-group">
      <legend>{words.groupYou}</legend>
      <TextField form={form} name="name" label={words.name} autoComplete="name" needed />
      <MobileFields form={form} label={words.mobile} purpose="sign-up" sms={sms} hint={whyMobile(sms, words)} />
      <TextField form={form} name="email" label={words.email} type="email" autoComplete="email" needed />
      <NewPasswordField form={form} name="password" label={words.password} email={form.values.email} />
    </fieldset>
  );
}
