import type { WithheldBecause } from '@libs/contracts';
import { useNow } from '../live/use-now.js';
import { withheldWords } from '../values/value.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { withheldValue } from './withheld-value.js';

/** Stands where one would write while the person does not allow it; drafts wait. */
export function ClosedComposer({ reason }: { readonly reason: WithheldBecause }) {
  const words = useWords();
  const personal = usePersonalWords();
  const { why } = withheldWords(withheldValue(reason), personal, useNow(), words.locale);
  return (
    <section className="composer" aria-label={words.reply}>
      <p className="composer-blocked" role="status">
        {reason === 'purpose' ? why : personal.closedUntilAgreed(why)}
      </p>
    </section>
  );
}
