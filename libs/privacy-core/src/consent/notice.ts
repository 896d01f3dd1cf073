import type { Activity, Register } from '../register/activity.js';
import type { FieldCode } from '../register/fields.js';
import { type ConsentScope, fieldScope, parseScope, type ScopeParts } from './scope.js';

/** Words a notice is put together from; one set per language, kept with the product. */
export interface NoticeWords {
  readonly purpose: Readonly<Record<string, string>>;
  readonly field: Readonly<Record<string, string>>;
  /** Sentence with `{who}`, `{purpose}`, `{fields}`, `{months}` to be filled in. */
  readonly ask: string;
  readonly recipients: string;
  readonly nobody: string;
  readonly withdraw: string;
  /** Beside a basic function: withdrawing ends the service. */
  readonly withdrawBasic: string;
  readonly separate: string;
  /** With `{recipient}`: who gets it, how it is protected on the way, what remains a risk (P-0903). */
  readonly provide: string;
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
  const asked = askedFor(register, scope, parts);
  if (asked.length === 0) return undefined;
  const lines = [...lead(parts, words), ...asked.map((one) => sentence(one, words, who))];
  const recipients = asked.flatMap(({ activity }) => activity.recipients);
  if (parts.about !== 'provide') {
    lines.push(
      recipients.length === 0 ? words.nobody : fill(words.recipients, { recipients: recipients.join(words.listComma) }),
    );
  }
  const isBasic = parts.about === 'purpose' && asked.some(({ activity }) => activity.kind === 'basic');
  return [...lines, isBasic ? words.withdrawBasic : words.withdraw].join('\n');
}

interface Asked {
  readonly activity: Activity;
  readonly fields: readonly FieldCode[];
}

/** The functions a scope is about, each with the fields that rest on it; for a recipient or guardian: all of them. */
function askedFor({ activities }: Register, scope: ConsentScope, parts: ScopeParts): readonly Asked[] {
  if (parts.about === 'provide') {
    return activities
      .filter(({ enabled, recipients, fields }) => enabled && fields.length > 0 && recipients.includes(parts.recipient))
      .map((activity) => ({ activity, fields: activity.fields.map(({ field }) => field) }));
  }
  const activity = 'purpose' in parts ? activities.find(({ purpose }) => purpose === parts.purpose) : undefined;
  if (!activity) return [];
  const entries = activity.fields.filter((entry) => parts.type === 'guardian' || fieldScope(activity, entry) === scope);
  return entries.length === 0 ? [] : [{ activity, fields: entries.map(({ field }) => field) }];
}

function sentence({ activity, fields }: Asked, words: NoticeWords, who: string): string {
  return fill(words.ask, {
    who,
    purpose: words.purpose[activity.purpose] ?? activity.purpose,
    fields: fields.map((field) => words.field[field] ?? field).join(words.listComma),
    months: String(activity.retainMonths),
  });
}

function lead(parts: ScopeParts, words: NoticeWords): readonly string[] {
  if (parts.about === 'provide') return [fill(words.provide, { recipient: parts.recipient })];
  if (parts.type === 'separate') return [words.separate];
  return parts.type === 'guardian' ? [words.guardian] : [];
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
