import { forUpdate, type Placed, StepKind, type Tx } from '@libs/database';
import type { AppError } from '@libs/kernel';
import { givingRefused, type RuledMember } from '../members/member-rules.js';
import { invitationErrors } from './invitation.errors.js';
import { INVITATION_COLUMNS, invitationOf, type StoredInvitation } from './invitation-rows.js';

/** The use of one invitation by one login. */
export interface InvitationUse {
  readonly id: string;
  readonly tokenIndex: string;
  readonly loginId: string;
  readonly now: number;
}

type Inviter = Pick<RuledMember, 'role' | 'state'>;

interface Batch {
  readonly invitations: Map<string, StoredInvitation>;
  /** Who invited, by the invitation. */
  readonly inviters: Map<string, Inviter>;
  /** Logins that have a member in the tenant. */
  readonly members: Set<string>;
  readonly taken: { readonly tenantId: string; readonly id: string }[];
}

/** Step `invitation`: works once. Of two at the same moment the second one reads what the first has written. */
class InvitationTakeStep extends StepKind<InvitationUse, Batch> {
  readonly name = 'invitation';
  readonly order = 30;

  async load(tx: Tx, items: readonly Placed<InvitationUse>[]): Promise<Batch> {
    const batch: Batch = { invitations: new Map(), inviters: new Map(), members: new Set(), taken: [] };
    const ordered = [...items].sort((one, other) => (one.item.id < other.item.id ? -1 : 1));
    for (const { item, set } of ordered) {
      const [row] = await tx.all(
        `SELECT ${INVITATION_COLUMNS} FROM auth_invitation WHERE tenant_id = ? AND id = ?${forUpdate(tx)}`,
        [set.tenantId, item.id],
      );
      const key = `${set.tenantId}/${item.id}`;
      if (row) batch.invitations.set(key, invitationOf(row));
      const lock = tx.dialect === 'mariadb' ? ' LOCK IN SHARE MODE' : '';
      const [inviter] = await tx.all<Inviter>(
        `SELECT role, state FROM auth_member WHERE tenant_id = ? AND id = ?${lock}`,
        [set.tenantId, String(row?.invited_by)],
      );
      if (inviter) batch.inviters.set(key, inviter);
      const members = await tx.all('SELECT id FROM auth_member WHERE tenant_id = ? AND login_id = ?', [
        set.tenantId,
        item.loginId,
      ]);
      if (members.length > 0) batch.members.add(`${set.tenantId}/${item.loginId}`);
    }
    return batch;
  }

  decide({ invitations, inviters, members }: Batch, { item, set }: Placed<InvitationUse>): AppError | undefined {
    const invitation = invitations.get(`${set.tenantId}/${item.id}`);
    if (!invitation || invitation.state === 'ended' || invitation.tokenIndex !== item.tokenIndex) {
      return invitationErrors.notFound();
    }
    if (invitation.state === 'accepted') return invitationErrors.used();
    if (item.now >= invitation.expiresAt) return invitationErrors.expired();
    // Who may not invite any more has left no way in, for themselves or for others.
    const inviter = inviters.get(`${set.tenantId}/${item.id}`);
    if (givingRefused(inviter, invitation.role, invitation.role)) return invitationErrors.notFound();
    return members.has(`${set.tenantId}/${item.loginId}`) ? invitationErrors.alreadyMember() : undefined;
  }

  apply(batch: Batch, { item, set: { tenantId } }: Placed<InvitationUse>): void {
    const key = `${tenantId}/${item.id}`;
    batch.invitations.set(key, { ...batch.invitations.get(key)!, state: 'accepted' });
    batch.members.add(`${tenantId}/${item.loginId}`);
    batch.taken.push({ tenantId, id: item.id });
  }

  /** The address goes: the login has it, and nobody needs it twice. */
  async write(tx: Tx, { taken }: Batch): Promise<void> {
    for (const { tenantId, id } of taken) {
      await tx.run(
        "UPDATE auth_invitation SET state = 'accepted', email_sealed = NULL, email_index = NULL, " +
          'version = version + 1 WHERE tenant_id = ? AND id = ?',
        [tenantId, id],
      );
    }
  }
}

/** Takes an invitation in the write set that makes the member. */
export const invitationTake = new InvitationTakeStep();
