import { INBOX_LOCALES } from '@libs/contracts';
import { Input } from 'antd';
import { Field } from '../forms/field.js';
import { InboxField, useFault } from './inbox-field.js';
import type { DraftEditing } from './use-inbox-draft.js';
import { useInboxWords } from './words/use-inbox-words.js';

/** Name, languages, greeting and phone. */
export function BasicsSection({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  const { locales } = editing.values;
  return (
    <>
      <InboxField editing={editing} name="name" label={words.name} hint={words.nameHint} needed />
      <fieldset className="plain-fieldset">
        <legend>{words.languages}</legend>
        {INBOX_LOCALES.map((locale) => (
          <label key={locale} className="check">
            <input
              type="checkbox"
              checked={locales.includes(locale)}
              disabled={locales.length === 1 && locales.includes(locale)}
              onChange={({ target }) =>
                editing.set({
                  locales: INBOX_LOCALES.filter((one) => (one === locale ? target.checked : locales.includes(one))),
                })
              }
            />
            <span>{words.language[locale]}</span>
          </label>
        ))}
      </fieldset>
      <Greetings editing={editing} />
      <InboxField editing={editing} name="phone" label={words.phone} hint={words.phoneHint} inputMode="tel" />
    </>
  );
}

function Greetings({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  const fault = useFault(editing);
  const { locales, greeting } = editing.values;
  return locales.map((locale) => {
    const missing = (greeting[locale] ?? '').trim() === '';
    return (
      <Field
        key={locale}
        id={`inbox-greeting-${locale}`}
        label={words.greetingIn[locale]!}
        error={fault(`greeting.${locale}`)}
        hint={missing ? words.greetingMissing : undefined}
      >
        <Input
          lang={locale}
          dir="auto"
          value={greeting[locale] ?? ''}
          onChange={(event) => editing.set({ greeting: { ...greeting, [locale]: event.target.value } })}
        />
      </Field>
    );
  });
}
