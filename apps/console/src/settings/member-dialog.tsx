import type { MemberSummary } from '@libs/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { membersApi } from '../session/api.js';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { Dialog } from '../shell/dialog.js';
import { DialogClose } from '../shell/dialog-buttons.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { DisableMember } from './disable-member.js';
import { MakeLink } from './make-link.js';
import { MemberCapacity } from './member-capacity.js';
import { Refusal } from './refusal.js';
import { RoleForm } from './role-form.js';
import { Sure } from './sure.js';
import { useEnable } from './use-enable.js';
import { isLastOwner } from './use-members.js';
import { useMemberWords } from './words/use-member-words.js';

interface MemberDialogProps {
  readonly member: MemberSummary;
  readonly all: readonly MemberSummary[];
  readonly onClose: () => void;
}

export interface ActProps {
  readonly member: MemberSummary;
  readonly all: readonly MemberSummary[];
  readonly onClose: () => void;
}

type Act = 'role' | 'capacity' | 'disable' | 'reset' | 'factor' | 'resend' | 'revoke';

/** What can be done about somebody: first the list, then the one question about it. */
export function MemberDialog(props: MemberDialogProps) {
  const { member, onClose } = props;
  const words = useSettingsWords();
  const own = useMemberWords();
  const [act, setAct] = useState<Act>();
  const name = member.displayName;
  const titles: Readonly<Record<Act, string>> = {
    ...{ role: words.changeRoleOf(name), disable: words.disableOf(name) },
    capacity: own.capacityOf(name),
    ...{ reset: words.resetOf(name), factor: words.removeFactorOf(name), resend: words.resend },
    revoke: words.revokeOf(name),
  };
  return (
    <Dialog title={act ? titles[act] : words.actsOf(name)} onClose={onClose}>
      {act === undefined ? <ActList {...props} onAct={setAct} /> : <ActForm {...props} act={act} />}
    </Dialog>
  );
}

function ActForm({ act, ...props }: ActProps & { readonly act: Act }) {
  const words = useSettingsWords();
  const { id } = props.member;
  switch (act) {
    case 'role':
      return <RoleForm {...props} />;
    case 'disable':
      return <DisableMember {...props} />;
    case 'capacity':
      return <MemberCapacity {...props} />;
    case 'factor':
      return (
        <Sure
          {...props}
          effect={words.removeFactorEffect}
          verb={words.removeFactor}
          run={() => membersApi.removeSecondFactor(id)}
        />
      );
    case 'revoke':
      return <Sure {...props} effect={words.revokeEffect} verb={words.revoke} run={() => membersApi.revoke(id)} />;
    case 'reset':
      return (
        <MakeLink {...props} verb={words.resetLink} note={words.resetOnce} make={() => membersApi.resetLink(id)} />
      );
    case 'resend':
      return <MakeLink {...props} verb={words.resend} note={words.linkOnce} make={() => membersApi.resend(id)} />;
  }
}

function ActList({ member, all, onAct, onClose }: MemberDialogProps & { readonly onAct: (act: Act) => void }) {
  const words = useSettingsWords();
  const own = useMemberWords();
  const me = useMe();
  const reason = isLastOwner(member, all)
    ? words.lastOwner
    : member.role === 'owner' && me.role !== 'owner'
      ? words.ownerOnly
      : undefined;
  const acts = actsFor(member, member.id === me.memberId);
  const enable = useEnable(member, onClose);
  const verbs: Readonly<Record<Act, string>> = {
    ...{ role: words.changeRole, disable: words.disable, reset: words.resetLink },
    ...{ factor: words.removeFactor, resend: words.resend, revoke: words.revoke, capacity: own.capacity },
  };
  return (
    <>
      <div className="act-list">
        {acts.map((act) => (
          <Button
            key={act}
            block
            disabled={reason !== undefined && KEPT.includes(act)}
            aria-describedby={reason !== undefined && KEPT.includes(act) ? 'act-reason' : undefined}
            onClick={() => onAct(act)}
          >
            {verbs[act]}
          </Button>
        ))}
        {member.state === 'disabled' && (
          <Button block loading={enable.busy} aria-describedby="enable-effect" onClick={enable.run}>
            {words.enable}
          </Button>
        )}
      </div>
      {reason !== undefined && (
        <p id="act-reason" className="form-hint">
          {reason}
        </p>
      )}
      {member.state === 'disabled' && (
        <p id="enable-effect" className="form-hint">
          {own.enableEffect}
        </p>
      )}
      <Refusal error={enable.error} />
      <DialogClose label={words.close} onClose={onClose} />
    </>
  );
}

/** Acts that a last owner, or an owner before an admin, is kept from. */
const KEPT: readonly Act[] = ['role', 'disable', 'reset'];

function actsFor({ state, secondFactor, role }: MemberSummary, isMe: boolean): readonly Act[] {
  if (state === 'invited') return ['resend', 'revoke'];
  if (state === 'disabled') return [];
  return [
    'role',
    ...(rights.converse(role) ? (['capacity'] as const) : []),
    ...(isMe ? [] : (['reset'] as const)),
    ...(secondFactor && !isMe ? (['factor'] as const) : []),
    'disable',
  ];
}
