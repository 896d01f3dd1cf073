import { type Tx, upsert } from '@libs/database';
import { invitationErrors } from './invitation.errors.js';

const HOUR_MS = 3_600_000;
/** Invitations, and the same ones sent again, that one member and one tenant may send. */
export const INVITATION_LIMITS = {
  member: { most: 30, spanMs: HOUR_MS },
  tenant: { most: 200, spanMs: 24 * HOUR_MS },
} as const;

const COUNT = {
  table: 'auth_invitation_count',
  columns: ['tenant_id', 'counted_id', 'since', 'sent'],
  keys: ['tenant_id', 'counted_id', 'since'],
  update: [],
} as const;

/** Counts one invitation of `memberId` in the transaction that makes it; refuses beyond the limits, in every process. */
export async function countInvitation(tx: Tx, tenantId: string, memberId: string, now: number): Promise<void> {
  await count(tx, { tenantId, countedId: memberId, ...INVITATION_LIMITS.member }, now);
  await count(tx, { tenantId, countedId: tenantId, ...INVITATION_LIMITS.tenant }, now);
}

async function count(
  tx: Tx,
  { tenantId, countedId, most, spanMs }: { tenantId: string; countedId: string; most: number; spanMs: number },
  now: number,
): Promise<void> {
  const since = now - (now % spanMs);
  await upsert(tx, COUNT, [tenantId, countedId, since, 0]);
  const counted = await tx.run(
    'UPDATE auth_invitation_count SET sent = sent + 1 WHERE tenant_id = ? AND counted_id = ? AND since = ? AND sent < ?',
    [tenantId, countedId, since, most],
  );
  if (counted === 0) throw invitationErrors.tooMany(since + spanMs - now);
}
