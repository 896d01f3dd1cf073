import type { RegisterImpact } from '@libs/contracts';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { errorText } from '../words/error-text.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import './register.css';

interface ImpactProps {
  readonly impact: RegisterImpact | undefined;
  readonly error: unknown;
}

/** What saving would do to people, before it is done. */
export function ImpactLine({ impact, error }: ImpactProps) {
  const words = useWords();
  const desk = useDeskWords();
  const personal = usePersonalWords();
  if (error) {
    return (
      <p role="alert" className="bar bar-error">
        {errorText(error, words)}
      </p>
    );
  }
  if (!impact) {
    return (
      <p role="status" className="bar bar-info" data-impact="checking">
        {desk.impactChecking}
      </p>
    );
  }
  const asked = impact.freshConsent.filter(({ people }) => people > 0);
  const loosened = impact.loosened.map((field) => personal.field[field] ?? field);
  return (
    <div role="status" className={asked.length > 0 ? 'bar bar-warning' : 'bar bar-info'} data-impact="known">
      {asked.map(({ purpose, people }) => (
        <p key={purpose}>{desk.freshConsent(people, words.purposes[purpose] ?? purpose)}</p>
      ))}
      {asked.length === 0 && <p>{desk.impactNone}</p>}
      {loosened.length > 0 && <p>{desk.loosened(loosened)}</p>}
    </div>
  );
}

/** Faults, each at the place it concerns. */
export function Problems({ problems }: { readonly problems: RegisterImpact['problems'] }) {
  const words = useWords();
  const desk = useDeskWords();
  const personal = usePersonalWords();
  if (problems.length === 0) return null;
  return (
    <ul className="bar bar-error problems" aria-label={desk.problemOther}>
      {problems.map(({ fault, at }) => (
        <li key={`${fault} ${at}`} data-fault={fault}>
          <bdi>{words.purposes[at] ?? personal.field[at] ?? at}</bdi>
          {' · '}
          {desk.problems[fault] ?? desk.problemOther}
        </li>
      ))}
    </ul>
  );
}
