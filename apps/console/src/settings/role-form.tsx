import type { Me } from '@libs/contracts';
import { useRouter } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useAct } from '../forms/use-act.js';
import { membersApi } from '../session/api.js';
import { askWhoAmI, useMe } from '../session/session.js';
import { DialogButtons } from '../shell/dialog-buttons.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import type { ActProps } from './member-dialog.js';
import { Refusal } from './refusal.js';
import { useRefreshMembers } from './use-members.js';

const ROLES: readonly Me['role'][] = ['owner', 'admin', 'privacy-officer', 'supervisor', 'agent'];

/** Roles that this role may give. */
export function rolesToGive(by: Me['role']): readonly Me['role'][] {
  return by === 'owner' ? ROLES : ROLES.filter((role) => role !== 'owner');
}

export function RoleForm({ member, onClose }: ActProps) {
  const words = useSettingsWords();
  const me = useMe();
  const router = useRouter();
  const act = useAct();
  const refresh = useRefreshMembers();
  const [role, setRole] = useState(member.role);
  async function change(): Promise<void> {
    await membersApi.setRole(member.id, { role, version: member.version }).finally(refresh);
    onClose();
    if (member.id !== me.memberId) return;
    await askWhoAmI();
    await router.invalidate();
  }
  return (
    <>
      <RoleChoice label={words.roleNow} role={role} choices={rolesToGive(me.role)} onChange={setRole} />
      <p className="form-hint">{words.roleEffect}</p>
      <Refusal error={act.error} />
      <DialogButtons
        verb={words.changeRole}
        busy={act.busy}
        onClose={onClose}
        onAct={() => void (role === member.role ? onClose() : act.run(change))}
      />
    </>
  );
}

interface RoleChoiceProps {
  readonly label: string;
  readonly role: Me['role'];
  readonly choices: readonly Me['role'][];
  readonly onChange: (role: Me['role']) => void;
}

/** A role, with what it may see. */
export function RoleChoice({ label, role, choices, onChange }: RoleChoiceProps) {
  const account = useAccountWords();
  const id = useId();
  return (
    <div className="form-row">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="native-select"
        value={role}
        aria-describedby={`${id}-sees`}
        onChange={(event) => onChange(event.target.value as Me['role'])}
      >
        {choices.map((one) => (
          <option key={one} value={one}>
            {account.roles[one]}
          </option>
        ))}
      </select>
      <p id={`${id}-sees`} className="form-hint">
        {account.roleSees[role]}
      </p>
    </div>
  );
}
