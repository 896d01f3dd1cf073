import { CheckOutlined, MinusOutlined } from '@ant-design/icons';
import type { RoleView } from '@libs/contracts';
import { Fragment, useId, useState } from 'react';
import { useMe } from '../session/session.js';
import { Failed, Loading } from '../shell/page.js';
import { useNarrow } from '../shell/use-narrow.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { SettingsPage } from './settings-frame.js';
import { useRoles } from './use-members.js';

const GROUPS = [
  ['conversations', ['conversations:read', 'conversations:reply', 'conversations:watch']],
  ['contacts', ['contacts:read', 'contacts:edit', 'personal:reveal', 'personal:reveal-sensitive']],
  ['privacy', ['privacy:read', 'privacy:manage', 'privacy:approve']],
  ['manage', ['teams:read', 'members:manage', 'inboxes:manage', 'canned:share']],
] as const;

const DANGEROUS: readonly string[] = [
  ...['personal:reveal', 'personal:reveal-sensitive', 'members:manage', 'privacy:manage', 'privacy:approve'],
];

/** Who may do what, each right in a sentence. */
export function RolesPage() {
  const words = useSettingsWords();
  const roles = useRoles();
  const state = roles.data ? 'ready' : roles.error ? 'error' : 'loading';
  return (
    <SettingsPage screen="roles" state={state} title={words.rolesPage}>
      {state === 'loading' && <Loading rows={10} />}
      {roles.error && <Failed error={roles.error} retry={() => void roles.refetch()} />}
      {roles.data && (
        <>
          <p className="quiet">{words.rolesHint}</p>
          <Rights roles={roles.data.items} />
        </>
      )}
    </SettingsPage>
  );
}

/** A phone has room for one role at a time. */
function Rights({ roles }: { readonly roles: readonly RoleView[] }) {
  const words = useSettingsWords();
  const account = useAccountWords();
  const mine = useMe().role;
  const [picked, setPicked] = useState<string>(mine);
  const id = useId();
  if (!useNarrow()) return <RightsTable roles={roles} />;
  return (
    <>
      <div className="field">
        <label htmlFor={id}>{words.role}</label>
        <select id={id} className="native-select" value={picked} onChange={({ target }) => setPicked(target.value)}>
          {roles.map(({ role }) => (
            <option key={role} value={role}>
              {account.roles[role]}
            </option>
          ))}
        </select>
      </div>
      <RightsTable roles={roles.filter(({ role }) => role === picked)} />
    </>
  );
}

function RightsTable({ roles }: { readonly roles: readonly RoleView[] }) {
  const words = useSettingsWords();
  const account = useAccountWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard
    <section className="table-box" tabIndex={0} aria-label={words.rolesPage}>
      <table className="rights-table">
        <caption className="visually-hidden">{words.rolesPage}</caption>
        <thead>
          <tr>
            <th scope="col">{words.right}</th>
            {roles.map(({ role }) => (
              <th key={role} scope="col">
                {account.roles[role]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {GROUPS.map(([group, rights]) => (
            <Fragment key={group}>
              <tr className="rights-group">
                <th scope="colgroup" colSpan={roles.length + 1}>
                  {words.rightGroups[group]}
                </th>
              </tr>
              {rights.map((right) => (
                <RightRow key={right} right={right} roles={roles} />
              ))}
              {group === 'conversations' && <ScopeRow roles={roles} />}
            </Fragment>
          ))}
          <FactorRow roles={roles} />
        </tbody>
      </table>
    </section>
  );
}

function RightRow({ right, roles }: { readonly right: string; readonly roles: readonly RoleView[] }) {
  const words = useSettingsWords();
  return (
    <tr>
      <th scope="row">
        {words.rights[right] ?? right}
        {DANGEROUS.includes(right) && <span className="right-danger">{words.danger}</span>}
      </th>
      {roles.map(({ role, permissions }) => (
        <td key={role}>
          {permissions.includes(right) ? (
            <>
              <CheckOutlined aria-hidden />
              <span className="visually-hidden">{words.granted}</span>
            </>
          ) : (
            <>
              <MinusOutlined aria-hidden className="quiet" />
              <span className="visually-hidden">{words.notGranted}</span>
            </>
          )}
        </td>
      ))}
    </tr>
  );
}

function ScopeRow({ roles }: { readonly roles: readonly RoleView[] }) {
  const words = useSettingsWords();
  return (
    <tr>
      <th scope="row">{words.scopesTitle}</th>
      {roles.map(({ role, scopes }) => (
        <td key={role} className="meta">
          {(scopes.length === 0 ? ['none'] : scopes).map((scope) => (
            <p key={scope}>{words.scopes[scope] ?? scope}</p>
          ))}
        </td>
      ))}
    </tr>
  );
}

function FactorRow({ roles }: { readonly roles: readonly RoleView[] }) {
  const words = useSettingsWords();
  return (
    <tr>
      <th scope="row">{words.factor}</th>
      {roles.map(({ role, secondFactor }) => (
        <td key={role} className="meta">
          {secondFactor ? words.factorNeeded : words.factorFree}
        </td>
      ))}
    </tr>
  );
}
