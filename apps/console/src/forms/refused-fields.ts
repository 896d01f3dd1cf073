import { ApiError } from '@libs/api-client';
import type { AccountWords } from '../words/account/zh-cn.js';

interface Saying {
  readonly words: AccountWords;
  readonly sentence: (error: unknown) => string;
}

/** Refusals that name no field and still are about one. */
const BY_CODE: Readonly<Record<string, readonly string[]>> = {
  'account.password-weak': ['newPassword', 'password'],
  'account.code-wrong': ['code'],
  'account.code-clock': ['code'],
  'account.code-used': ['code'],
  'account.code-expired': ['code'],
  'account.proof-failed': ['current'],
  'account.proof-required': ['current'],
  'account.edit-conflict': [],
};

/** Where each part of a refusal stands in a form with these fields; empty where it stands in none. */
export function placesOf(
  error: unknown,
  fields: readonly string[],
  names: Readonly<Record<string, string>>,
  { words, sentence }: Saying,
): Readonly<Record<string, string>> {
  if (!(error instanceof ApiError)) return {};
  const { faults, details, code } = error;
  const nameOf = (path: string) => {
    const last = path.split('.').at(-1)!;
    return [names[path], names[last], last].find((name) => name !== undefined && fields.includes(name));
  };
  const ruleText = (rule: unknown) =>
    Object.hasOwn(words.nameRules, String(rule)) ? words.nameRules[rule as keyof AccountWords['nameRules']] : undefined;
  const named = [
    ...faults.map(({ field, rule }) => ({ name: nameOf(field), text: ruleText(rule) ?? words.checkEntry })),
    ...(typeof details.field === 'string'
      ? [{ name: nameOf(details.field), text: ruleText(details.rule) ?? sentence(error) }]
      : []),
    { name: BY_CODE[code]?.find((name) => fields.includes(name)), text: sentence(error) },
  ];
  return Object.fromEntries(named.flatMap(({ name, text }) => (name === undefined ? [] : [[name, text]])));
}

/** A check names every field that it looked at: what it found nothing wrong with keeps the server's refusal. */
export function faultsIn(checked: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(checked).flatMap(([name, fault]) => (fault ? [[name, fault]] : [])));
}
