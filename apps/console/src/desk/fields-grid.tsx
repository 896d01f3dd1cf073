import type { Me, RegisterContent, RegisterFieldPolicy } from '@libs/contracts';
import { useState } from 'react';
import { useNarrow } from '../shell/use-narrow.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { changeField, type FieldChanges } from './register-edit.js';

type Role = Me['role'];
const ROLES: readonly Role[] = ['owner', 'admin', 'supervisor', 'agent', 'privacy-officer'];
const TIERS: readonly RegisterFieldPolicy['tier'][] = ['T1', 'T2', 'T3'];
const VISIBILITIES = ['plain', 'masked', 'none'] as const;

interface GridProps {
  readonly register: RegisterContent;
  readonly changes: FieldChanges;
  readonly onChange: (changes: FieldChanges) => void;
}

/** Field by role; on a phone one role at a time. */
export function FieldsGrid({ register, changes, onChange }: GridProps) {
  const desk = useDeskWords();
  const personal = usePersonalWords();
  const narrow = useNarrow();
  const [one, setOne] = useState<Role>('agent');
  const roles = narrow ? [one] : ROLES;
  return (
    <>
      {narrow && (
        <div className="form-row">
          <label htmlFor="role-shown">{desk.roleShown}</label>
          <select
            id="role-shown"
            className="native-select"
            value={one}
            onChange={(event) => setOne(event.target.value as Role)}
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {desk.roles[role]}
              </option>
            ))}
          </select>
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keys */}
      <section className="table-box" aria-label={desk.fields} tabIndex={0}>
        <table className={narrow ? 'fields-grid fields-grid-narrow' : 'fields-grid'}>
          <caption className="visually-hidden">{desk.fields}</caption>
          <thead>
            <tr>
              <th scope="col">{desk.field}</th>
              <th scope="col">{desk.tier}</th>
              {roles.map((role) => (
                <th key={role} scope="col">
                  {desk.roles[role]}
                </th>
              ))}
              {!narrow && <th scope="col">{desk.purpose}</th>}
            </tr>
          </thead>
          <tbody>
            {register.fields.map((policy) => (
              <tr key={policy.field} data-field={policy.field} data-changed={policy.field in changes || undefined}>
                <th scope="row">{personal.field[policy.field] ?? policy.field}</th>
                <PolicyCells policy={policy} roles={roles} changes={changes} onChange={onChange} />
                {!narrow && (
                  <td>
                    <PurposesOf field={policy.field} register={register} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

interface CellsProps {
  readonly policy: RegisterFieldPolicy;
  readonly roles: readonly Role[];
  readonly changes: FieldChanges;
  readonly onChange: (changes: FieldChanges) => void;
}

function PolicyCells({ policy, roles, changes, onChange }: CellsProps) {
  const desk = useDeskWords();
  const personal = usePersonalWords();
  const name = personal.field[policy.field] ?? policy.field;
  const now: RegisterFieldPolicy = { ...policy, ...changes[policy.field] };
  return (
    <>
      <td>
        <select
          className="native-select cell-select"
          aria-label={desk.tierOf(name)}
          value={now.tier}
          data-changed={now.tier !== policy.tier || undefined}
          onChange={(event) =>
            onChange(changeField(changes, policy, { tier: event.target.value as RegisterFieldPolicy['tier'] }))
          }
        >
          {TIERS.map((tier) => (
            <option key={tier}>{tier}</option>
          ))}
        </select>
      </td>
      {roles.map((role) => (
        <td key={role}>
          <select
            className="native-select cell-select"
            aria-label={desk.roleSees(desk.roles[role]!, name)}
            value={now.roles[role]}
            data-changed={now.roles[role] !== policy.roles[role] || undefined}
            data-sees={now.roles[role]}
            onChange={(event) => onChange(changeField(changes, policy, { roles: { [role]: event.target.value } }))}
          >
            {VISIBILITIES.map((visibility) => (
              <option key={visibility} value={visibility}>
                {desk.visibility[visibility]}
              </option>
            ))}
          </select>
        </td>
      ))}
    </>
  );
}

/** Where a field is used; a field that no function needs is not collected at all. */
function PurposesOf({ field, register }: { readonly field: string; readonly register: RegisterContent }) {
  const words = useWords();
  const desk = useDeskWords();
  const purposes = register.activities.filter((activity) => activity.fields.some((entry) => entry.field === field));
  if (purposes.length === 0) return <span className="quiet">{desk.none}</span>;
  return (
    <ul className="chips">
      {purposes.map(({ purpose }) => (
        <li key={purpose} className="chip">
          {words.purposes[purpose] ?? purpose}
        </li>
      ))}
    </ul>
  );
}
