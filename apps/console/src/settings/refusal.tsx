import { useSettingsErrors } from '../words/settings/use-settings-words.js';

/** Why an act was refused. */
export function Refusal({ error }: { readonly error: unknown }) {
  const sentence = useSettingsErrors();
  if (error === null || error === undefined) return null;
  return (
    <p role="alert" className="bar bar-error">
      {sentence(error)}
    </p>
  );
}
