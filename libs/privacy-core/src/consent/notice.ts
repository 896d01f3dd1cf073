import type { Register } from '../register/activity.js';
import { type ConsentScope, fieldScope, parseScope } from './scope.js';

/** Words a notice is put together from; one set per language, kept with the product. */
export interface NoticeWords {
  readonly purpose: Readonly<Record<string, string>>;
  readonly field: Readonly<Record<string, string>>;
  /** Sentence with `{who}`, `{purpose}`, `{fields}`, `{months}` to be filled in. */
  readonly ask: string;
  readonly recipients: string;
  readonly nobody: string;
  readonly withdraw: string;
  readonly separate: string;
  readonly guardian: string;
  readonly listComma: string;
}

/**
 * The text a person reads before deciding about `scope`, made from the register alone: the same version gives the same
 * text for ever, so its hash in a consent record shows what was asked. Undefined for a scope the register does not know.
 */
export function noticeText(
  register: Register,
  scope: ConsentScope,
  words: NoticeWords,
  who: string,
): string | undefined {
  const parts = parseScope(scope);
  if (!parts) return undefined;
  const activity = register.activities.find((candidate) =>
    'purpose' in parts
      ? candidate.purpose === parts.purpose
      : 'recipient' in parts && candidate.recipients.includes(parts.recipient),
  );
  if (!activity) return undefined;
  const own = activity.fields.filter((entry) => fieldScope(activity, entry) === scope);
  const fields = (own.length > 0 ? own : activity.fields).map(({ field }) => words.field[field] ?? field);
  const recipients = activity.recipients.join(words.listComma);
  const lines = [
    fill(words.ask, {
      who,
      purpose: words.purpose[activity.purpose] ?? activity.purpose,
      fields: fields.join(words.listComma),
      months: String(activity.retainMonths),
    }),
    recipients === '' ? words.nobody : fill(words.recipients, { recipients }),
    words.withdraw,
  ];
  if (parts.type === 'separate') lines.unshift(words.separate);
  if (parts.type === 'guardian') lines.unshift(words.guardian);
  return lines.join('\n');
}

function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
