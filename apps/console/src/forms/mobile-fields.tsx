import type { CodePurpose } from '@libs/contracts';
import type { AccountWords } from '../words/account/zh-cn.js';
import { mobileFault } from './address-faults.js';
import { CodeField } from './code-field.js';
import { TextField, type TextName } from './text-field.js';
import type { Form, Values } from './use-form.js';

const CODE_LENGTH = 6;

interface MobileFieldsProps<V extends Values> {
  readonly form: Form<V>;
  readonly label: string;
  readonly purpose: CodePurpose;
  /** Text messages go out here: the number is proved by a code. */
  readonly sms: boolean;
  readonly hint?: string | undefined;
}

/** A mobile number, and the code that proves it where text messages go out; fields `mobile` and `code` of the form. */
export function MobileFields<V extends Values & { readonly mobile: string; readonly code: string }>(
  props: MobileFieldsProps<V>,
) {
  const { form, label, purpose, sms, hint } = props;
  return (
    <>
      <TextField
        form={form}
        name={'mobile' as TextName<V>}
        label={label}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        hint={hint}
        needed
      />
      {sms && <CodeField form={form} name={'code' as TextName<V>} purpose={purpose} mobile={form.values.mobile} />}
    </>
  );
}

/** Why a mobile number is asked for, as far as it can be proved here. */
export function whyMobile(sms: boolean, words: AccountWords): string {
  return sms ? words.mobileWhy : words.mobileUnverified;
}

/** What is wrong with the two; empty where nothing is. */
export function mobileFaults(
  { mobile, code }: { readonly mobile: string; readonly code: string },
  sms: boolean,
  words: AccountWords,
): { readonly mobile: string; readonly code: string } {
  return {
    mobile: mobileFault(mobile, words),
    code: sms && code.length !== CODE_LENGTH ? words.codeMissing : '',
  };
}
