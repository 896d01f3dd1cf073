import { useState } from 'react';
import { isOvertaken, overtakenText } from '../forms/overtaken.js';
import { Refused } from '../shell/dialog-buttons.js';
import { sentences } from '../words/format.js';
import { useSettingsErrors, useSettingsWords } from '../words/settings/use-settings-words.js';
import { useWords } from '../words/use-words.js';

/** Why an act of the settings was refused; where somebody was quicker, who that was: it has been loaded again. */
export function Refusal({ error }: { readonly error: unknown }) {
  const words = useWords();
  const { lookAgain } = useSettingsWords();
  const sentence = useSettingsErrors();
  const [now] = useState(() => Date.now());
  if (isOvertaken(error)) {
    return <Refused why={sentences([overtakenText(error, words, now), lookAgain], words.locale)} />;
  }
  return <Refused why={error === null || error === undefined ? undefined : sentence(error)} />;
}
