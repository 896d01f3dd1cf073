import type { AccountWords } from '../words/account/zh-cn.js';
import { PasswordRules } from './password-rule-list.js';
import { rulesOf } from './password-rules.js';
import { PasswordField, type TextName } from './text-field.js';
import type { Form, Values } from './use-form.js';

export function newPasswordFault(password: string, email: string, words: AccountWords): string {
  if (password === '') return words.passwordMissing;
  const met = rulesOf(password, email);
  return met.length && met.different && met.common ? '' : words.errors['account.password-weak']!;
}

interface NewPasswordProps<V extends Values> {
  readonly form: Form<V>;
  readonly name: TextName<V>;
  readonly label: string;
  /** The password may not be made of it. */
  readonly email: string;
}

/** A password that is chosen now, with its rules in sight. */
export function NewPasswordField<V extends Values>({ form, name, label, email }: NewPasswordProps<V>) {
  return (
    <PasswordField
      form={form}
      name={name}
      label={label}
      autoComplete="new-password"
      needed
      belowId={`${name}-rules`}
      below={<PasswordRules id={`${name}-rules`} password={form.values[name] as string} email={email} />}
    />
  );
}
