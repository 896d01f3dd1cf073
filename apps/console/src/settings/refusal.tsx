import { Refused } from '../shell/dialog-buttons.js';
import { useSettingsErrors } from '../words/settings/use-settings-words.js';

/** Why an act of the settings was refused. */
export function Refusal({ error }: { readonly error: unknown }) {
  const sentence = useSettingsErrors();
  return <Refused why={error === null || error === undefined ? undefined : sentence(error)} />;
}
