import type { Approval, RegisterLoosening } from '@libs/contracts';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import type { DeskWords } from '../words/desk/vocabulary.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { differences } from './register-diff.js';
import { useRegisterVersion } from './register-queries.js';
import { DifferenceLine } from './register-versions.js';
import './register.css';

/** What exactly a looser register would show: who decides sees both sides of each change. */
export function ApprovalChanges({ changes }: Pick<Approval, 'changes'>) {
  if (changes.length === 0) return null;
  return (
    <ul className="differences">
      {changes.map((change) => (
        <Change key={`${change.field} ${change.aspect} ${change.of}`} change={change} />
      ))}
    </ul>
  );
}

/** Everything that would be written differently, also what shows nobody more. */
export function ProposalDifference({ proposal }: { readonly proposal: NonNullable<Approval['proposal']> }) {
  const desk = useDeskWords();
  const { data } = useRegisterVersion(proposal.baseVersion);
  const found = data ? differences(data.register, proposal.register) : [];
  if (found.length === 0) return null;
  return (
    <details data-proposal={proposal.baseVersion}>
      <summary>{desk.differences(found.length, proposal.baseVersion)}</summary>
      <ul className="differences">
        {found.map((difference) => (
          <DifferenceLine key={`${difference.at} ${difference.aspect}`} difference={difference} />
        ))}
      </ul>
    </details>
  );
}

function Change({ change }: { readonly change: RegisterLoosening }) {
  const words = useWords();
  const desk = useDeskWords();
  const personal = usePersonalWords();
  const { field, aspect, of, before, after } = change;
  const whose = { role: desk.roles[of] ?? of, tier: desk.diffAspects.tier, purpose: words.purposes[of] ?? of }[aspect];
  return (
    <li data-change={`${field} ${aspect} ${of}`.trim()}>
      <strong>{personal.field[field] ?? field}</strong> {whose}
      <dl className="difference">
        <dt>{desk.from}</dt>
        <dd>{written(aspect, before, desk)}</dd>
        <dt>{desk.ifApproved}</dt>
        <dd>{written(aspect, after, desk)}</dd>
      </dl>
    </li>
  );
}

function written(aspect: RegisterLoosening['aspect'], code: string, desk: DeskWords): string {
  if (aspect === 'tier') return code;
  if (aspect === 'role') return desk.visibility[code as keyof DeskWords['visibility']] ?? code;
  return code === 'off' ? desk.off : (desk.bases[code] ?? code);
}
